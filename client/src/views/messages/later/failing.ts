/** What went wrong with a scheduled message, in words: those of its own, which the first screen does without, then the usual ones. */
import { known } from "../../../i18n/i18n.svelte.ts";
import { Problem } from "../../../protocol/http.ts";
import { words } from "../../failures.svelte.ts";

export function laterWords(failure: unknown): string {
  return (failure instanceof Problem && known(`later-problem-${failure.code}`)) || words(failure);
}
