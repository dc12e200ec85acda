/** The owner's checklist for a new academy, as the server sees it. */
import { ask } from "../protocol/http.ts";
import type { FirstSteps, Me } from "../protocol/wire.ts";
import { coalesced } from "../sync/coalesced.ts";
import { session } from "./session.svelte.ts";

class Checklist {
  /** Null while it is not known, and for everybody but the owner. */
  state = $state.raw<FirstSteps | null>(null);
  readonly done = $derived(this.state?.steps.filter((one) => one.is_done).length ?? 0);
  /** Whether it is worth a place at the top of the page. */
  readonly isOffered = $derived(this.state !== null && !this.state.is_done && !this.state.is_dismissed);

  /** Ask again, because something may have been done. Nothing is asked for anybody but the owner, or once all is done. */
  readonly look = coalesced(async () => {
    if (!session.me || !followsFirstSteps(session.me) || this.state?.is_done) return;
    try {
      this.state = await ask<FirstSteps>("GET", "/admin/first-steps");
    } catch {
      // It helps, and nothing depends on it: what is known stays.
    }
  });

  async dismiss(isDismissed: boolean): Promise<void> {
    this.state = await ask<FirstSteps>("PUT", "/admin/first-steps", { is_dismissed: isDismissed });
  }

  forget(): void {
    this.state = null;
  }
}

export const checklist = new Checklist();

export function followsFirstSteps(me: Me): boolean {
  return me.person.role === "owner";
}
