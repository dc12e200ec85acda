/** What went wrong, in words for the person in front of the screen. */
import { known, t } from "../i18n/i18n.svelte.ts";
import { Problem, Unreachable } from "../protocol/http.ts";
import { toast } from "../ui/toasts.svelte.ts";

/** The catalogue's own words for the problems that anybody may meet; the server's words for the others. */
export function words(failure: unknown): string {
  if (failure instanceof Unreachable) return t("unreachable");
  if (failure instanceof Problem)
    return wordsOf(failure.code) ?? ([failure.document.detail, failure.document.remedy].filter(Boolean).join(" ") || t("fault"));
  throw failure;
}

/** Those of a refusal come with the texts behind the first screen, which has none of what is refused so. */
function wordsOf(code: string): string | undefined {
  return known(`problem-${code}`) ?? known("refusal-" + code);
}

/** Do it, and say so when it fails. */
export async function trying<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (failure) {
    toast(words(failure), { tone: "danger" });
    return undefined;
  }
}

/** As `trying`, for what nobody pressed: where there is no network, the line above every page has said so. */
export async function loading<T>(work: () => Promise<T>): Promise<T | undefined> {
  return trying(async () => {
    try {
      return await work();
    } catch (failure) {
      if (failure instanceof Unreachable) return undefined;
      throw failure;
    }
  });
}

/** A form's way to the server: busy while it runs, what is wrong by the field, the rest in one line. */
export class Submission {
  isBusy = $state(false);
  failure = $state("");
  private problem = $state.raw<Problem | null>(null);

  /** Runs the work once at a time; true when it was done. */
  async run(work: () => Promise<void>): Promise<boolean> {
    if (this.isBusy) return false;
    [this.isBusy, this.failure, this.problem] = [true, "", null];
    try {
      await work();
      return true;
    } catch (failure) {
      this.problem = failure instanceof Problem ? failure : null;
      this.failure = this.problem?.document.errors?.length ? "" : words(failure);
      return false;
    } finally {
      this.isBusy = false;
    }
  }

  /** What is wrong with a field, if anything. */
  of(field: string): string | undefined {
    return this.problem?.of(field);
  }
}
