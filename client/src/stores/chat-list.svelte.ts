/** The list of chats: what of it is here, what is chosen of it, and what is done to a whole chat. */
import { shown } from "../model/chats.ts";
import { isNarrowed, type Choice } from "../model/filters.ts";
import { partnerOf } from "../model/participants.ts";
import { Unreachable, ask } from "../protocol/http.ts";
import type { Row, Rows } from "../protocol/wire.ts";
import { withdraw } from "../sync/pushes.ts";
import { isInstalled } from "../sync/shell.ts";
import { catchUp, pageOf } from "./catch-up.ts";
import { connection } from "./connection.svelte.ts";
import { messagesState } from "./messages-state.svelte.ts";
import { offlineCache } from "./offline-cache.ts";

/** A network that takes longer for the list than this is as good as none for now. */
const PATIENCE_MS = 3_000;
const SETTLED_MS = 2_000;

class ChatList {
  readonly rows = $derived(shown(messagesState.current));
  /** Whether it is known that there are no others. */
  readonly isLoaded = $derived.by(() => {
    const { isListLoaded, choice, part } = messagesState.current;
    return isListLoaded && (!isNarrowed(choice) || part !== null);
  });
  /** Whether a view shows it, so that it must be brought up to date. */
  isWanted = false;
  private isAskingMore = false;

  get choice(): Choice {
    return messagesState.current.choice;
  }

  get unreadChats(): number {
    return messagesState.current.unreadChats;
  }

  /** In how many chats somebody waits for my answer; 0 where the server does not count them. */
  get waitingChats(): number {
    return messagesState.current.waitingChats ?? 0;
  }

  row(id: string): Row | undefined {
    return messagesState.row(id);
  }

  /** The chat of an address: `messages`, then its id, or `to` and the person's. */
  rowAt([, first = "", second = ""]: readonly string[]): Row | undefined {
    return first === "to" ? Object.values(messagesState.current.rows).find((row) => partnerOf(row)?.id === second) : this.row(first);
  }

  stop(): void {
    this.isWanted = this.isAskingMore = false;
  }

  /** Load the list; without an answer it is the list as it was stored, which comes up to date with the connection. */
  async load(): Promise<void> {
    this.isWanted = true;
    const late = setTimeout(() => void offlineCache.recallList(), PATIENCE_MS);
    try {
      await catchUp.firstPage();
    } catch (failure) {
      if (!(failure instanceof Unreachable) || !(await offlineCache.recallList())) throw failure;
      return;
    } finally {
      clearTimeout(late);
    }
    void catchUp.run();
    if (isInstalled()) setTimeout(() => void connection.quietly(() => offlineCache.storeLatest()), SETTLED_MS);
  }

  /** Choose what is shown. It may stand far below what is loaded, so it is asked for. */
  async choose(change: Partial<Choice>): Promise<void> {
    messagesState.dispatch({ type: "chosen", choice: { ...this.choice, ...change } });
    await connection.quietly(() => catchUp.narrowedList());
    void catchUp.run();
  }

  /** Load the next page of what is shown, once, however often scrolling asks for it; of a list that changed meanwhile, its new next page. */
  async more(): Promise<void> {
    if (this.isAskingMore) return;
    const isHere = messagesState.visit();
    this.isAskingMore = true;
    try {
      for (let question = this.nextPage; question; question = this.nextPage) {
        const page = await ask<Rows>("GET", question);
        if (!isHere()) return;
        if (question !== this.nextPage) continue;
        const { choice } = this;
        messagesState.dispatch(
          isNarrowed(choice) ? { type: "part", choice, page, isFirst: false } : { type: "rows", page, isFirst: false },
        );
        break;
      }
    } finally {
      if (isHere()) this.isAskingMore = false;
    }
    void catchUp.run();
  }

  private get nextPage(): string | null {
    const { choice, part, whole } = messagesState.current;
    const cursor = isNarrowed(choice) ? part?.next : whole.next;
    return cursor ? pageOf(choice, cursor) : null;
  }

  /** Delete a chat for me alone. */
  async delete(id: string): Promise<void> {
    const { own_rev: ownRev = 0, last_seq: seq = 0 } = this.row(id) ?? {};
    await ask("DELETE", `/conversations/${id}`);
    messagesState.dispatch({ type: "emptied", conversationId: id, ownRev, seq });
  }

  /** Mute a chat, for ever or until then, or not: whether I am notified of it while I am away. */
  async mute(id: string, isMuted: boolean, until: Date | null = null): Promise<void> {
    await ask("PUT", `/conversations/${id}/mute`, { muted: isMuted, until: until?.toISOString() ?? null });
    await catchUp.row(id);
  }

  /** Pin a chat above the others, or unpin it. */
  async pin(id: string, isPinned: boolean): Promise<void> {
    await this.move(`/conversations/${id}/pin`, { pinned: isPinned });
  }

  /** Put a chat into the archive, or take it out. */
  async archive(id: string, isArchived: boolean): Promise<void> {
    await this.move(`/conversations/${id}/archive`, { archived: isArchived });
  }

  private async move(address: string, wanted: object): Promise<void> {
    messagesState.dispatch({ type: "row", row: await ask<Row>("PUT", address, wanted) });
    await catchUp.run();
  }

  /** Mark the open, visible chat read up to its newest message: behind its opening, whose answer says what was new. */
  async markSeen(id: string): Promise<void> {
    await catchUp.opened(id);
    await connection.quietly(() => this.markRead(id));
  }

  async markRead(id: string): Promise<void> {
    void withdraw(id);
    const row = this.row(id);
    if (!row || row.last_seq === 0 || (row.read_seq >= row.last_seq && !row.unread_from)) return;
    const seq = row.last_seq;
    messagesState.dispatch({ type: "read", conversationId: id, seq });
    // The answer's row comes as marks too, and in the order of the other changes.
    await ask<Row>("PUT", `/conversations/${id}/read`, { seq });
  }

  /** Mark a chat unread for me alone, from a message on, or from the others' newest one. */
  async markUnread(id: string, seq?: number): Promise<void> {
    messagesState.dispatch({ type: "row", row: await ask<Row>("PUT", `/conversations/${id}/unread`, { seq: seq ?? null }) });
    void catchUp.run();
  }
}

export const chatList = new ChatList();
