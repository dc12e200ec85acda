/** Light, dark, or as the system. */
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const KEPT = "hallway-theme";

class Appearance {
  theme = $state<Theme>(kept());
}

function kept(): Theme {
  const found = localStorage.getItem(KEPT);
  return THEMES.find((one) => one === found) ?? "system";
}

export const appearance = new Appearance();

export function dress(theme: Theme = appearance.theme): void {
  appearance.theme = theme;
  localStorage.setItem(KEPT, theme);
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}
