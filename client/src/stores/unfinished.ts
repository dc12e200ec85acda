/** What was being filled in when a session ended: its person finds it again after signing in, in this page, and nobody else does. */
import { onDestroy } from "svelte";

class Unfinished {
  private me = "";
  private forms = new Map<string, () => unknown>();
  private left = new Map<string, unknown>();

  /** Nothing of anybody else stays. */
  start(me: string): void {
    if (this.me !== me) [this.me, this.left] = [me, new Map<string, unknown>()];
  }

  /** The session ends, and with it the forms that are open. */
  keep(): void {
    for (const [place, now] of this.forms) this.left.set(place, now());
  }

  open(place: string, now: () => unknown): () => void {
    this.forms.set(place, now);
    return () => void this.forms.delete(place);
  }

  take(place: string): unknown {
    const found = this.left.get(place);
    this.left.delete(place);
    return found;
  }
}

export const unfinishedForms = new Unfinished();

/**
 * For a component that is being made: what it was at this place when the session ended, once; undefined if it was not there.
 * `now` answers what is to be found should the session end again.
 */
export function unfinished<T>(place: string, now: () => T): T | undefined {
  onDestroy(unfinishedForms.open(place, now));
  return unfinishedForms.take(place) as T | undefined;
}
