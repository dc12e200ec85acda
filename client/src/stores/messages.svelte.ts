/** The Messages area: keeps the model's state, asks the server, and listens to it. */
import { apply, empty, listed, pendingIn, shown, type Chat, type Event, type Pending, type State } from "../model/chats.ts";
import { EVERYTHING, isNarrowed, isOldestFirst, type Choice } from "../model/filters.ts";
import { FIRST_PAGE } from "../protocol/questions.ts";
import { Problem, Unreachable, ask, path } from "../protocol/http.ts";
import type { Changes, CourseRef, History, Message, Opened, Row, Rows, Sent, ServerFrame, Standing } from "../protocol/wire.ts";
import { coalesced } from "../sync/coalesced.ts";
import { withdraw } from "../sync/pushes.ts";
import { chatAt, Kept } from "../sync/kept.ts";
import { newKey, Outbox } from "../sync/outbox.ts";
import { isInstalled } from "../sync/shell.ts";
import { Line } from "../sync/socket.ts";
import { drafts } from "./drafts.svelte.ts";
import { liking } from "./liking.svelte.ts";
import { session } from "./session.svelte.ts";

const RETRY_MS = 3_000;
/** Why the server does not store a text whose key belongs to another one. */
const KEY_REUSED = "key_reused";
/** A network that takes longer for the list than this is as good as none for now. */
const PATIENCE_MS = 3_000;
const KEEP_MS = 2_000;
/** So many of the latest chats can be read without a network where Hallway is installed as an app. */
const LATEST = 10;

class Messages {
  state = $state.raw<State>(empty(""));
  isOnline = $state(true);
  /** Counts up when what is shown beside the chats may have changed: views that show it ask again. */
  facts = $state(0);

  private line: Line | null = null;
  private outbox = new Outbox("");
  private kept = new Kept("");
  private keeping: ReturnType<typeof setTimeout> | undefined;
  private isSending = false;
  private seeking = "";
  private writtenAt = 0;
  private isConnected = false;
  private isListWanted = false;
  private isAskingMore = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private again: ReturnType<typeof setTimeout> | undefined;

  readonly rows = $derived(shown(this.state));
  /** Whether it is known that there are no others. */
  readonly isListed = $derived(this.state.isListLoaded && (!isNarrowed(this.state.choice) || this.state.part !== null));

  get choice(): Choice {
    return this.state.choice;
  }

  /** What is chosen may stand far below what is loaded: it is asked for. */
  async choose(change: Partial<Choice>): Promise<void> {
    this.dispatch({ type: "chosen", choice: { ...this.choice, ...change } });
    await this.quietly(() => this.listNarrowed());
    void this.catchUp();
  }

  chat(id: string): Chat | undefined {
    return this.state.chats[id];
  }

  row(id: string): Row | undefined {
    return this.state.rows[id];
  }

  /** The chat of an address: `messages`, then its id, or `to` and the person's. */
  rowAt([, first = "", second = ""]: readonly string[]): Row | undefined {
    return first === "to" ? Object.values(this.state.rows).find((row) => row.other.id === second) : this.row(first);
  }

  pending(id: string): Pending[] {
    return pendingIn(this.state, id);
  }

  /** What was not sent in a chat, for its line in the list. */
  failed(id: string): Pending | undefined {
    return this.state.outbox.findLast((one) => one.conversationId === id && one.status === "failed");
  }

  /** The newest that waits for the network in a chat, for its line in the list. */
  waitingIn(id: string): Pending | undefined {
    return this.state.outbox.findLast((one) => one.conversationId === id && one.status === "waiting");
  }

  async start(me: string, unreadChats: number): Promise<void> {
    liking.start(me);
    this.state = { ...empty(me), unreadChats, choice: { ...EVERYTHING, order: liking.now.order } };
    drafts.start(me);
    this.outbox = new Outbox(me);
    this.kept = new Kept(me);
    this.line = new Line({
      connected: () => this.connected(),
      lost: () => this.lost(),
      heard: (frames) => this.hear(frames),
      signedOut: () => void session.leave(),
    });
    this.line.open();
    const outbox = this.outbox;
    const kept = await outbox.all();
    if (this.outbox !== outbox) return;
    for (const pending of kept)
      this.dispatch({ type: "queued", pending: { ...pending, status: pending.status === "failed" ? "failed" : "waiting" } });
    void this.send();
  }

  /** Nothing of the person stays for whoever comes next. */
  stop(): void {
    this.line?.close();
    this.outbox = new Outbox("");
    this.kept = new Kept("");
    clearTimeout(this.keeping);
    this.keeping = undefined;
    clearTimeout(this.timer);
    clearTimeout(this.again);
    [this.isConnected, this.isListWanted, this.isAskingMore] = [false, false, false];
    this.isOnline = true;
    this.state = empty("");
    drafts.stop();
    liking.stop();
  }

  private connected(): void {
    this.isConnected = true;
    void this.resume();
  }

  private lost(): void {
    clearTimeout(this.again);
    this.isConnected = this.isOnline = false;
  }

  private dispatch(event: Event): void {
    this.state = apply(this.state, event);
    this.keeping ??= setTimeout(() => this.keep(), KEEP_MS);
  }

  private keep(): void {
    this.keeping = undefined;
    if (this.state.me) void this.kept.keep(this.state);
  }

  private hear(frames: ServerFrame[]): void {
    for (const frame of frames) {
      this.forgetSent(frame);
      this.dispatch({ type: "frame", frame });
      if (frame.type === "facts") void this.learn();
      const shown = frame.type === "account" ? this.state.me : frame.type === "profile" && frame.user_id;
      if (shown) this.facts += 1;
      if (shown === this.state.me) void this.quietly(() => session.refresh());
    }
    void this.catchUp();
  }

  /** Stored already, though its answer did not come, or another tab sent it: it waits no longer. */
  private forgetSent(frame: ServerFrame): void {
    const key = frame.type === "message" && frame.message.sender_id === this.state.me ? frame.message.key : "";
    if (this.state.outbox.some((one) => one.key === key)) void this.outbox.drop(key);
  }

  /** Who may write to whom changed: ask again for all that depends on it. */
  private readonly learn = coalesced(async () => {
    await this.quietly(async () => {
      await session.refresh();
      await this.syncAll();
      if (this.isListWanted) await this.firstPage();
    });
    this.facts += 1;
    void this.catchUp();
  });

  /** After a lost line: every open chat and the list's first page, as they are now. */
  private readonly resume = coalesced(async () => {
    const isAnswered = await this.quietly(async () => {
      await this.syncAll();
      if (this.isListWanted) await this.firstPage();
      await session.refresh();
      if (!this.isListWanted) this.dispatch({ type: "counted", unreadChats: session.me?.unread_chats ?? 0 });
    });
    this.isOnline = isAnswered && this.isConnected;
    this.facts += 1;
    void this.send();
    void this.catchUp();
  });

  private readonly catchUp = coalesced(async () => {
    await this.quietly(async () => {
      while (this.state.isListStale) await this.firstPage();
      await this.refreshStale();
    });
  });

  private async refreshStale(): Promise<void> {
    for (const { conversationId } of this.state.stale) await this.ifItIsThere(() => this.refreshChat(conversationId));
  }

  private async syncAll(): Promise<void> {
    for (const id of Object.keys(this.state.chats)) await this.ifItIsThere(() => this.sync(id));
  }

  /** One conversation that is refused must not keep the others from catching up. */
  private async ifItIsThere(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
    }
  }

  /** Answers whether the server did. What it did not answer is asked again soon, or by the next connection. */
  private async quietly(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
    } catch (failure) {
      if (failure instanceof Problem) return true;
      if (!(failure instanceof Unreachable)) throw failure;
      this.isOnline = false;
      clearTimeout(this.again);
      if (this.isConnected) this.again = setTimeout(() => void this.resume(), RETRY_MS);
      return false;
    }
    return true;
  }

  /** Without an answer it is the list as it was kept; it comes up to date with the line. */
  async list(): Promise<void> {
    this.isListWanted = true;
    const late = setTimeout(() => void this.recallList(), PATIENCE_MS);
    try {
      await this.firstPage();
    } catch (failure) {
      if (!(failure instanceof Unreachable) || !(await this.recallList())) throw failure;
      return;
    } finally {
      clearTimeout(late);
    }
    void this.catchUp();
    if (isInstalled()) setTimeout(() => void this.quietly(() => this.keepLatest()), KEEP_MS);
  }

  /** Answers whether there is a list now. */
  private async recallList(): Promise<boolean> {
    const { kept } = this;
    const page = this.state.isListLoaded ? undefined : await kept.list();
    if (page && this.kept === kept && !this.state.isListLoaded) this.dispatch({ type: "rows", page, isFirst: true });
    return this.state.isListLoaded;
  }

  /** The latest chats that were not opened since they changed, one after the other. */
  private async keepLatest(): Promise<void> {
    const { kept } = this;
    for (const row of listed(this.state).slice(0, LATEST)) {
      if (this.chat(row.conversation_id) || (await kept.has(row))) continue;
      const opened = await ask<Opened>("GET", chatAt(row.conversation_id));
      if (this.kept !== kept) return;
      await kept.keepChat(opened);
    }
  }

  /** Last of all: what it counts below the first page is what is known of there. */
  private async firstPage(): Promise<void> {
    await this.listNarrowed();
    await this.refreshStale();
    this.dispatch({ type: "listing" });
    this.dispatch({ type: "rows", page: await ask<Rows>("GET", FIRST_PAGE), isFirst: true });
  }

  /** The narrowed list from its beginning, as far as it is here by then: scrolling may have asked for more meanwhile. */
  private async listNarrowed(): Promise<void> {
    const { choice } = this;
    if (!isNarrowed(choice)) return;
    const wanted = () => (this.state.part ? this.rows.length : 0);
    let page = await ask<Rows>("GET", pageOf(choice, null));
    while (page.next && page.rows.length < wanted()) {
      const { rows, next } = await ask<Rows>("GET", pageOf(choice, page.next));
      page = { ...page, rows: [...page.rows, ...rows], next };
    }
    this.dispatch({ type: "part", choice, page, isFirst: true });
  }

  /** The next page of the list that is shown, once, however often scrolling asks for it; of one that changed meanwhile, its new next page. */
  async more(): Promise<void> {
    if (this.isAskingMore) return;
    const { kept } = this;
    this.isAskingMore = true;
    try {
      for (let question = this.nextPage; question; question = this.nextPage) {
        const page = await ask<Rows>("GET", question);
        if (this.kept !== kept) return;
        if (question !== this.nextPage) continue;
        const { choice } = this.state;
        this.dispatch(isNarrowed(choice) ? { type: "part", choice, page, isFirst: false } : { type: "rows", page, isFirst: false });
        break;
      }
    } finally {
      if (this.kept === kept) this.isAskingMore = false;
    }
    void this.catchUp();
  }

  private get nextPage(): string | null {
    const { choice, part, whole } = this.state;
    const cursor = isNarrowed(choice) ? part?.next : whole.next;
    return cursor ? pageOf(choice, cursor) : null;
  }

  /** The course that the next message is about stays chosen, whichever way one comes back. */
  async open(id: string): Promise<void> {
    try {
      const opened = await ask<Opened>("GET", chatAt(id));
      this.opened({ ...opened, about: this.chat(id)?.about ?? null });
    } catch (failure) {
      if (!(failure instanceof Unreachable) || !(await this.recallChat(id))) throw failure;
    }
  }

  /** Answers whether the chat is there now, as it was last seen here. */
  private async recallChat(id: string): Promise<boolean> {
    const { kept } = this;
    const opened = this.chat(id) ? undefined : await kept.chat(id);
    if (opened && this.kept === kept) this.dispatch({ type: "opened", opened });
    return this.chat(id) !== undefined;
  }

  /** The chat with a person, also before the first message; answers its id. */
  async openWith(personId: string, courseId: string): Promise<string> {
    const opened = await this.askWith(personId, courseId);
    this.opened(opened);
    return opened.row.conversation_id;
  }

  private askWith(personId: string, courseId: string): Promise<Opened> {
    return ask<Opened>("GET", path(`/people/${personId}/conversation`, { course_id: courseId }));
  }

  /** Choose the course that the next message is about, or none. */
  about(id: string, course: CourseRef | null): void {
    this.dispatch({ type: "about", conversationId: id, about: course });
  }

  private opened(opened: Opened): void {
    this.dispatch({ type: "opened", opened });
    void this.catchUp();
  }

  /** The chat at one of its messages; those around it come where it is not here yet. Of several the last one asked for counts. */
  async openAt(id: string, seq: number): Promise<void> {
    const seeking = (this.seeking = `${id} ${seq}`);
    if (!this.chat(id)) await this.open(id);
    const isWanted = (chat: Chat) => this.seeking === seeking && !chat.messages.some((one) => one.seq === seq);
    await this.page(id, { around: seq }, isWanted, (history, revs) => ({ type: "around", conversationId: id, history, seq, ...revs }));
  }

  async older(id: string): Promise<void> {
    const before = this.chat(id)?.messages[0]?.seq;
    if (!before) return;
    const isWanted = (chat: Chat) => chat.older && chat.messages[0]?.seq === before;
    await this.page(id, { before }, isWanted, (history, revs) => ({ type: "older", conversationId: id, history, before, ...revs }));
  }

  async newer(id: string): Promise<void> {
    const after = this.chat(id)?.messages.at(-1)?.seq;
    if (!after) return;
    const isWanted = (chat: Chat) => chat.newer && chat.messages.at(-1)?.seq === after;
    await this.page(id, { after }, isWanted, (history, revs) => ({ type: "newer", conversationId: id, history, after, ...revs }));
  }

  /** Asked again when the chat changed meanwhile: the page may hold what was deleted since. */
  private async page(
    id: string,
    place: Record<string, number>,
    isWanted: (chat: Chat) => boolean,
    asEvent: (history: History, revs: { rev: number; ownRev: number }) => Event,
  ): Promise<void> {
    for (let tries = 0; tries < 3; tries += 1) {
      const chat = this.chat(id);
      if (!chat || !isWanted(chat)) return;
      const { rev = 0, own_rev: ownRev = 0 } = this.row(id) ?? {};
      const history = await ask<History>("GET", path(`/conversations/${id}/messages`, place));
      const now = this.chat(id);
      if (!now || !isWanted(now)) return;
      this.dispatch(asEvent(history, { rev, ownRev }));
      if (this.row(id)?.rev === rev && this.row(id)?.own_rev === ownRev) return;
    }
  }

  private async refreshChat(id: string): Promise<void> {
    await (this.state.chats[id] ? this.sync(id) : this.refreshRow(id));
  }

  private async refreshRow(id: string): Promise<void> {
    this.dispatch({ type: "row", row: await ask<Row>("GET", `/conversations/${id}/row`) });
  }

  private async sync(id: string): Promise<void> {
    const row = this.row(id);
    if (!row || row.last_seq === 0) return this.syncEmpty(id);
    const changes = await ask<Changes>("GET", path(`/conversations/${id}/changes`, { rev: row.rev, own_rev: row.own_rev }));
    if (changes.truncated) await this.open(id);
    else this.dispatch({ type: "changes", conversationId: id, changes });
    await this.checkAbout(id, row.other.id);
  }

  /** Whether a message may still be about the chosen course is the server's to say. */
  private async checkAbout(id: string, personId: string): Promise<void> {
    const course = this.chat(id)?.about;
    if (course) this.about(id, (await this.askWith(personId, course.id)).about);
  }

  /** A chat without a message is not stored: it is opened anew, through its person; not there, it may not be started. */
  private async syncEmpty(id: string): Promise<void> {
    const row = this.row(id);
    if (!row) return;
    try {
      await this.openWith(row.other.id, this.chat(id)?.about?.id ?? "");
    } catch (failure) {
      if (!(failure instanceof Problem) || failure.document.status !== 404) throw failure;
      this.dispatch({ type: "standing", conversationId: id, standing: mayNotStart() });
    }
  }

  /** Put a message into the outbox; it goes when the line allows. */
  async write(row: Row, body: string, course: CourseRef | null): Promise<void> {
    const pending: Pending = {
      key: newKey(),
      conversationId: row.conversation_id,
      personId: row.other.id,
      body,
      course,
      at: this.now(),
      status: "waiting",
      reason: null,
    };
    this.dispatch({ type: "queued", pending });
    await this.outbox.keep(pending);
    // What I write stands at the end, which may not be here.
    if (this.chat(row.conversation_id)?.newer) void this.quietly(() => this.open(row.conversation_id));
    await this.send();
  }

  /** The present moment; two messages never share one, for it gives their order after a reload. */
  private now(): string {
    this.writtenAt = Math.max(Date.now(), this.writtenAt + 1);
    return new Date(this.writtenAt).toISOString();
  }

  async retry(pending: Pending): Promise<void> {
    if (pending.reason === KEY_REUSED) pending = await this.withNewKey(pending);
    this.dispatch({ type: "waiting", key: pending.key });
    await this.outbox.keep({ ...pending, status: "waiting", reason: null });
    await this.send();
  }

  /** A message under the key of another one can only be sent under a new one. */
  private async withNewKey(pending: Pending): Promise<Pending> {
    const renewed = { ...pending, key: newKey() };
    this.dispatch({ type: "queued", pending: renewed });
    await this.outbox.keep(renewed);
    await this.discard(pending);
    return renewed;
  }

  /** A discarded message is there again, as it was. */
  async putBack(pending: Pending): Promise<void> {
    this.dispatch({ type: "queued", pending });
    await this.outbox.keep(pending);
  }

  async discard(pending: Pending): Promise<void> {
    this.dispatch({ type: "discarded", key: pending.key });
    await this.outbox.drop(pending.key);
  }

  /** Send what waits, one after the other, so that each chat keeps its order; the key makes a retry harmless. */
  async send(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    try {
      for (let next = this.waiting(); next; next = this.waiting()) await this.sendOne(next);
    } catch (failure) {
      if (!(failure instanceof Unreachable)) throw failure;
      this.dispatch({ type: "unreachable" });
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.send(), Math.max(RETRY_MS, failure.retryAfter * 1000));
    } finally {
      this.isSending = false;
    }
  }

  private waiting(): Pending | undefined {
    return this.state.outbox.find((one) => one.status === "waiting");
  }

  private async sendOne(pending: Pending): Promise<void> {
    this.dispatch({ type: "sending", key: pending.key });
    try {
      const body = { body: pending.body, key: pending.key, course_id: pending.course?.id ?? null };
      const sent = await ask<Sent>("POST", `/people/${pending.personId}/messages`, body);
      this.dispatch({ type: "stored", key: pending.key, message: sent.message });
      await this.outbox.drop(pending.key);
      void this.catchUp();
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      if (isForLater(failure)) throw new Unreachable(failure.code, failure.document.retry_after ?? 0);
      // Signed out, or stored after all as the live line knows: then there is nothing to keep.
      if (!this.state.outbox.some((one) => one.key === pending.key)) return;
      this.dispatch({ type: "failed", key: pending.key, reason: failure.code });
      await this.outbox.keep({ ...pending, status: "failed", reason: failure.code });
    }
  }

  /** Delete message: mine, at once; answers how to take it back. */
  async deleteMine(message: Message): Promise<() => Promise<void>> {
    const { conversation_id: conversationId, seq } = message;
    const address = `/conversations/${conversationId}/messages/${seq}`;
    this.dispatch({ type: "hid", conversationId, seq });
    try {
      await ask("DELETE", address);
    } catch (failure) {
      this.dispatch({ type: "restored", conversationId, message });
      throw failure;
    }
    return async () => {
      await ask("POST", `${address}/restore`);
      this.dispatch({ type: "restored", conversationId, message });
    };
  }

  async deleteForEveryone(message: Message): Promise<void> {
    const address = `/conversations/${message.conversation_id}/messages/${message.seq}/delete-for-everyone`;
    this.dispatch({ type: "frame", frame: { type: "message", message: await ask<Message>("POST", address) } });
    void this.catchUp();
  }

  async deleteChat(id: string): Promise<void> {
    const { own_rev: ownRev = 0, last_seq: seq = 0 } = this.row(id) ?? {};
    await ask("DELETE", `/conversations/${id}`);
    this.dispatch({ type: "emptied", conversationId: id, ownRev, seq });
  }

  /** Be told of a chat while away, or not. Answers true once it is so. */
  async mute(id: string, isMuted: boolean): Promise<true> {
    await ask("PUT", `/conversations/${id}/mute`, { muted: isMuted });
    await this.refreshRow(id);
    return true;
  }

  /** The open, visible chat was read up to its newest message. */
  async markRead(id: string): Promise<void> {
    await this.quietly(() => this.read(id));
  }

  async read(id: string): Promise<void> {
    void withdraw(id);
    const row = this.row(id);
    if (!row || row.last_seq === 0 || (row.read_seq >= row.last_seq && !row.unread_from)) return;
    const seq = row.last_seq;
    this.dispatch({ type: "read", conversationId: id, seq });
    // The answer's row comes as marks too, and in the order of the other changes.
    await ask<Row>("PUT", `/conversations/${id}/read`, { seq });
  }

  /** Unread for me alone, from a message on, or from the other person's newest one. */
  async markUnread(id: string, seq?: number): Promise<void> {
    this.dispatch({ type: "row", row: await ask<Row>("PUT", `/conversations/${id}/unread`, { seq: seq ?? null }) });
    void this.catchUp();
  }
}

/** Where a page of what is chosen is asked for. */
function pageOf(choice: Choice, cursor: string | null): string {
  const { filter, courseId } = choice;
  const query = {
    unread: filter === "unread" || "",
    waiting: filter === "waiting" || "",
    oldest: isOldestFirst(choice) || "",
    course_id: courseId,
  };
  return path("/conversations", { ...query, cursor: cursor ?? "", limit: isNarrowed(choice) ? 100 : 50 });
}

/** Not the message is refused, but now is not the time: the server says when to try again, or nobody is signed in. */
function isForLater({ document }: Problem): boolean {
  return document.status === 401 || (document.status === 429 && document.retry_after !== null && document.retry_after !== undefined);
}

function mayNotStart(): Standing {
  const reason = session.me?.academy.messaging_on === false ? "messaging_off" : "no_relation";
  return { is_open: false, reason, because: null, rule: null, remedy: null, course: null };
}

export const messages = new Messages();
