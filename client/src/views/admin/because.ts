import { t } from "../../i18n/i18n.svelte.ts";

/** Why somebody was left out: in the reader's language, where there are words for the code, else as the server says it. */
export function because(code: string, detail: string): string {
  const id = `left-out-${code}`;
  const text = t(id);
  return text === id ? detail : text;
}
