/** Drafts: there as soon as they are typed, without a network too; saved to the server a moment later, and brought up to date from there. */
import { changed, isForgettable, LONGEST, NOTHING, received, settled, shownOf, toSave, type LocalDraft } from "../model/drafts.ts";
import { ask, credentials, path, Problem, Unreachable } from "../protocol/http.ts";
import type { ChatDraft, Draft, Drafts, ServerFrame } from "../protocol/wire.ts";
import { coalesced } from "../sync/coalesced.ts";
import { RETRY_MS } from "./connection.svelte.ts";
import { DRAFT_OF, drafts } from "./drafts.svelte.ts";
import { StoredDrafts } from "../sync/drafts.ts";

/** After the last key. */
const SAVE_MS = 1_000;

class Drafting {
  private local = $state.raw<Readonly<Record<string, LocalDraft>>>({});
  /** Those that the server does not take, for a reason that only their person can change. */
  private refused = $state.raw<ReadonlySet<string>>(new Set());
  private me = "";
  private stored = new StoredDrafts("");
  /** The newest change that is known of each chat's draft, and of which one was heard. */
  private known = new Map<string, number>();
  private told = new Map<string, number>();
  private isWhole = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Go on with what an earlier page left; called again for the same person it does nothing. */
  start(me: string): void {
    if (this.me === me) return;
    const { isLate } = drafts;
    this.stop();
    [this.me, this.stored] = [me, new StoredDrafts(`${DRAFT_OF}${me} in `)];
    [drafts.heard, drafts.resumed, drafts.stop] = [this.heard, this.resumed, () => this.stop()];
    // Otherwise the connection, once it is there, asks for all of them.
    this.isWhole = !isLate;
    this.local = this.stored.all();
    this.show();
    addEventListener("storage", this.elsewhere);
    addEventListener("visibilitychange", this.leaving);
    void this.run();
  }

  /** Nothing of the person stays in the page; what is stored stays for them. */
  stop(): void {
    [drafts.heard, drafts.resumed] = [() => undefined, () => void (drafts.isLate = true)];
    drafts.isLate = false;
    removeEventListener("storage", this.elsewhere);
    removeEventListener("visibilitychange", this.leaving);
    clearTimeout(this.timer);
    [this.me, this.stored, this.isWhole] = ["", new StoredDrafts(""), false];
    [this.known, this.told, this.refused] = [new Map<string, number>(), new Map<string, number>(), new Set<string>()];
    this.local = {};
    this.show();
  }

  of(id: string): LocalDraft {
    return this.local[id] ?? NOTHING;
  }

  /** It is on this device alone: the server does not take it. */
  isHereOnly(id: string): boolean {
    return this.refused.has(id);
  }

  /** Something was typed or chosen; it is saved when no key was pressed for a moment. */
  write(id: string, change: Partial<LocalDraft>): void {
    const before = this.of(id);
    const after = changed(before, change);
    if (after === before || !this.me) return;
    this.keep(id, after);
    this.later(SAVE_MS);
  }

  /** The text is a message now; what other devices wrote stays. */
  sent(id: string): void {
    this.write(id, { text: "", replyTo: null, course: null });
    this.flush();
  }

  /** Save at once. */
  flush(): void {
    if (Object.values(this.local).some((one) => one.isChanged)) void this.run();
  }

  private keep(id: string, draft: LocalDraft): void {
    const { [id]: _, ...others } = this.local;
    const isOver = isForgettable(draft);
    this.local = isOver ? others : { ...others, [id]: draft };
    if (isOver) this.stored.remove(id);
    else this.stored.put(id, draft);
    if (draft.isChanged) this.refuse(id, false);
    this.show();
  }

  private refuse(id: string, isRefused: boolean): void {
    if (this.refused.has(id) === isRefused) return;
    const others = [...this.refused].filter((one) => one !== id);
    this.refused = new Set(isRefused ? [...others, id] : others);
  }

  private show(): void {
    drafts.texts = Object.fromEntries(Object.entries(this.local).map(([id, draft]) => [id, shownOf(draft)]));
  }

  private later(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(), milliseconds);
  }

  private readonly heard = (frame: ServerFrame): void => {
    if (frame.type === "chat_deleted") this.keep(frame.conversation_id, NOTHING);
    if (frame.type !== "draft" || frame.revision <= (this.known.get(frame.conversation_id) ?? 0)) return;
    this.told.set(frame.conversation_id, frame.revision);
    void this.run();
  };

  /** The connection is back: ask for all of them, since frames may have been missed. */
  private readonly resumed = (): void => {
    [this.isWhole, this.refused] = [false, new Set<string>()];
    void this.run();
  };

  /** Another tab of this browser wrote: both show one draft. */
  private readonly elsewhere = (event: StorageEvent): void => {
    const id = this.stored.idOf(event.key);
    if (!id) return;
    const { [id]: _, ...others } = this.local;
    const draft = this.stored.find(id);
    this.local = draft ? { ...others, [id]: draft } : others;
    this.show();
  };

  /** The page may be gone in a moment: what is new is said without waiting for an answer. Said twice it is no second text. */
  private readonly leaving = (): void => {
    if (document.visibilityState !== "hidden") return;
    clearTimeout(this.timer);
    for (const [id, draft] of this.changedOnes()) {
      const headers = { ...credentials(), "Content-Type": "application/json" };
      void fetch(`/api/v1${addressOf(id, draft)}`, { method: "PUT", headers, body: JSON.stringify(toSave(draft)), keepalive: true })
        .catch(() => undefined)
        .then(() => this.run());
    }
  };

  private changedOnes(): [string, LocalDraft][] {
    return Object.entries(this.local).filter(([id, draft]) => draft.isChanged && !this.refused.has(id) && isStorable(draft));
  }

  /** Save what is new, and ask for what is new elsewhere: one request at a time, for all tabs of the browser. */
  private readonly run = coalesced(async () => {
    const { me } = this;
    clearTimeout(this.timer);
    if (me) await oneTabAtATime(() => this.catchUp(me));
  });

  private async catchUp(me: string): Promise<void> {
    const isHere = () => this.me === me;
    try {
      for (const [id] of this.changedOnes()) if (isHere()) await this.save(id, isHere);
      if (isHere() && !this.isWhole) await this.all(isHere);
      for (const [id, revision] of this.told) if (isHere()) await this.one(id, revision, isHere);
    } catch (failure) {
      if (failure instanceof Problem) return;
      if (!(failure instanceof Unreachable)) throw failure;
      if (isHere()) this.later(Math.max(RETRY_MS, failure.retryAfter * 1000));
    }
  }

  private async save(id: string, isHere: () => boolean): Promise<void> {
    // Another tab may have saved it a moment ago.
    const sent = this.latest(id);
    if (!sent.isChanged) return;
    const answer = await this.answered(id, () => ask<ChatDraft>("PUT", addressOf(id, sent), toSave(sent)));
    if (!answer || !isHere()) return;
    this.known.set(id, answer.revision);
    this.keep(id, settled(this.latest(id), sent, answer));
    if (this.of(id).isChanged) this.later(SAVE_MS);
  }

  /** As this tab or another one wrote it. */
  private latest(id: string): LocalDraft {
    return this.stored.find(id) ?? this.of(id);
  }

  /** The answer; undefined where the server refuses, which it will again. */
  private async answered(id: string, work: () => Promise<ChatDraft>): Promise<ChatDraft | undefined> {
    try {
      return await work();
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      const { status, retry_after: pause } = failure.document;
      if (status === 401 || status === 429) throw new Unreachable(failure.code, pause ?? 0);
      this.refuse(id, true);
      return undefined;
    }
  }

  private async all(isHere: () => boolean): Promise<void> {
    const found = new Map<string, Draft>();
    let [cursor, revision]: [string | null, number] = ["", Infinity];
    while (cursor !== null) {
      const page: Drafts = await ask<Drafts>("GET", path("/drafts", { cursor }));
      for (const draft of page.drafts) found.set(draft.conversation_id, draft);
      [cursor, revision] = [page.next, Math.min(revision, page.revision)];
    }
    if (!isHere()) return;
    this.isWhole = true;
    for (const id of new Set([...found.keys(), ...Object.keys(this.local)])) this.take(id, found.get(id) ?? null, revision);
  }

  private async one(id: string, revision: number, isHere: () => boolean): Promise<void> {
    const isKnown = revision <= (this.known.get(id) ?? 0);
    const answer = isKnown ? undefined : await ask<ChatDraft>("GET", `/conversations/${id}/draft`);
    if (!isHere()) return;
    if (this.told.get(id) === revision) this.told.delete(id);
    if (answer) this.take(id, answer.draft, answer.revision);
  }

  /** What the server has, as of a revision. What is new here is not touched: saving it joins both. */
  private take(id: string, kept: Draft | null, revision: number): void {
    const draft = this.of(id);
    if (revision < Math.max(draft.base, this.known.get(id) ?? 0)) return;
    this.known.set(id, kept?.revision ?? revision);
    if (!draft.isChanged) this.keep(id, received(draft, kept));
  }
}

function addressOf(id: string, { personId }: LocalDraft): string {
  return personId ? `/people/${personId}/draft` : `/conversations/${id}/draft`;
}

/** What is too long for a message waits until it is shorter. */
function isStorable({ text }: LocalDraft): boolean {
  return [...text].length <= LONGEST;
}

/** Browsers say this over a safe connection alone; without it two tabs may save the same text, which is no second one. */
async function oneTabAtATime(work: () => Promise<void>): Promise<void> {
  const { locks } = navigator as { locks?: LockManager };
  await (locks ? locks.request(`${DRAFT_OF}all`, work) : work());
}

export const drafting = new Drafting();
