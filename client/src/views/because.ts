import { known } from "../i18n/i18n.svelte.ts";

/** Why somebody was left out: in the reader's language, where there are words for the code, else as the server says it. */
export function because(code: string, detail: string): string {
  return known(`left-out-${code}`) ?? detail;
}
