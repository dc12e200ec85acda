/** The signed-in person, or what the sign-in page needs. */
import { ENTRY, ME } from "../protocol/questions.ts";
import { Problem, Unreachable, ask, carry, whenSignedOut } from "../protocol/http.ts";
import type { EntryState, Me } from "../protocol/wire.ts";
import { unsubscribe } from "../sync/pushes.ts";
import { storage, wipe } from "../sync/storage.ts";
import { forgetDrafts } from "./drafts.svelte.ts";
import { forgetLiking } from "./liking.svelte.ts";
import { unfinishedForms } from "./unfinished.ts";

class Session {
  /** Undefined until the server was asked; null when nobody is signed in. */
  me = $state.raw<Me | null | undefined>(undefined);
  entry = $state.raw<EntryState | null>(null);
  /** Whose session ended without their doing, while the page was open. */
  endedFor = $state("");
  private isGoing = false;

  constructor() {
    // A session that ended while the page was open, whatever was asked for: the sign-in page says it best.
    whenSignedOut(() => void (this.me && this.leave()));
  }

  async load(): Promise<void> {
    try {
      this.welcome(await ask<Me>("GET", ME));
    } catch (failure) {
      if (failure instanceof Unreachable) return this.recall(failure);
      if (!(failure instanceof Problem) || failure.document.status !== 401) throw failure;
      void clearCache();
      this.entry = await ask<EntryState>("GET", ENTRY);
      this.me = null;
    }
  }

  /** Without a network it is whoever was here last; once there is one, the server says whether they still are. */
  private async recall(failure: Unreachable): Promise<void> {
    const me = await (await storage())?.lastMe();
    if (!me) throw failure;
    this.welcome(me);
  }

  welcome(me: Me): void {
    carry(me.csrf);
    forgetDrafts(me.person.id);
    unfinishedForms.start(me.person.id);
    this.me = me;
    [this.endedFor, this.isGoing] = ["", false];
    void storage().then((cache) => cache?.storeMe(me));
  }

  async refresh(): Promise<void> {
    if (this.me) this.welcome(await ask<Me>("GET", ME));
  }

  async prefer(change: { locale?: string; time_zone?: string }): Promise<void> {
    this.welcome(await ask<Me>("PATCH", "/me", change));
  }

  /** Go, and leave nothing of the person in this browser. */
  async signOut(): Promise<void> {
    this.isGoing = true;
    await unsubscribe().catch(() => undefined);
    try {
      await ask("DELETE", "/session");
    } catch (failure) {
      // The live line may have said so before the answer came.
      if (this.me) {
        this.isGoing = false;
        throw failure;
      }
    }
    try {
      sessionStorage.clear();
      forgetDrafts();
      forgetLiking(this.me?.person.id ?? "");
      await wipe();
    } finally {
      await this.leave();
    }
  }

  /** The session is over. What was written and not sent yet is kept for its person, unless they asked to go. */
  async leave(): Promise<void> {
    if (this.me === null) return;
    this.endedFor = this.isGoing ? "" : (this.me?.person.id ?? "");
    if (this.endedFor) unfinishedForms.keep();
    this.me = null;
    carry("");
    void clearCache();
    // Also when the server does not answer: the sign-in page does with what is known.
    this.entry = await ask<EntryState>("GET", ENTRY).catch(() => this.entry);
  }
}

/** Nothing is left to be read. What was written and not sent stays. */
async function clearCache(): Promise<void> {
  await (await storage())?.clear();
}

export const session = new Session();
