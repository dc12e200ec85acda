/** Light, dark, or as the system. */
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const KEPT = "hallway-theme";

class Appearance {
  theme = $state<Theme>((localStorage.getItem(KEPT) as Theme | null) ?? "system");
}

export const appearance = new Appearance();

export function dress(theme: Theme = appearance.theme): void {
  appearance.theme = theme;
  localStorage.setItem(KEPT, theme);
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}
