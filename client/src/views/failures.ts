/** What went wrong, in words for the person in front of the screen. */
import { t } from "../i18n/i18n.svelte.ts";
import { Problem, Unreachable } from "../protocol/http.ts";
import { toasts } from "../ui/toasts.svelte.ts";

export function words(failure: unknown): string {
  if (failure instanceof Unreachable) return t("unreachable");
  if (failure instanceof Problem) return [failure.document.detail, failure.document.remedy].filter(Boolean).join(" ");
  throw failure;
}

/** Do it, and say so when it fails. */
export async function trying<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (failure) {
    toasts.say(words(failure), undefined, true);
    return undefined;
  }
}
