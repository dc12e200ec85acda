/** The Messages area: keeps the model's state, asks the server, and listens to it. */
import { apply, empty, listed, pendingIn, type Chat, type Event, type Pending, type State } from "../model/chats.ts";
import { Problem, Unreachable, ask, path } from "../protocol/http.ts";
import type { Changes, CourseRef, History, Message, Opened, Row, Rows, Sent, ServerFrame } from "../protocol/wire.ts";
import { Outbox } from "../sync/outbox.ts";
import { Line } from "../sync/socket.ts";
import { session } from "./session.svelte.ts";

const RETRY_MS = 3_000;

class Messages {
  state = $state.raw<State>(empty(""));
  isOnline = $state(true);
  /** Counts up when who may write to whom changed: views that show it ask again. */
  facts = $state(0);
  search = $state("");
  isUnreadOnly = $state(false);
  found = $state.raw<Row[] | null>(null);

  private line: Line | null = null;
  private outbox = new Outbox("");
  private isSending = false;
  private wasConnected = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly rows = $derived(this.found ?? listed(this.state).filter((row) => !this.isUnreadOnly || row.unread > 0));

  chat(id: string): Chat | undefined {
    return this.state.chats[id];
  }

  row(id: string): Row | undefined {
    return this.state.rows[id];
  }

  pending(id: string): Pending[] {
    return pendingIn(this.state, id);
  }

  /** What was not sent in a chat, for its line in the list. */
  failed(id: string): Pending | undefined {
    return this.state.outbox.findLast((one) => one.conversationId === id && one.status === "failed");
  }

  async start(me: string, unreadChats: number): Promise<void> {
    this.state = { ...empty(me), unreadChats };
    this.outbox = new Outbox(me);
    this.line = new Line({
      connected: () => this.resume(),
      lost: () => (this.isOnline = false),
      heard: (frames) => this.hear(frames),
      signedOut: () => void session.leave(),
    });
    this.line.open();
    for (const pending of await this.outbox.all()) this.dispatch({ type: "queued", pending: { ...pending, status: pending.status === "failed" ? "failed" : "waiting" } });
    void this.send();
  }

  stop(): void {
    this.line?.close();
    clearTimeout(this.timer);
    this.wasConnected = false;
    this.state = empty("");
  }

  private dispatch(event: Event): void {
    this.state = apply(this.state, event);
  }

  private hear(frames: ServerFrame[]): void {
    for (const frame of frames) {
      this.dispatch({ type: "frame", frame });
      if (frame.type === "facts") void this.learn();
    }
    void this.catchUp();
  }

  /** Who may write to whom changed: ask again for all that depends on it. */
  private async learn(): Promise<void> {
    await session.refresh();
    for (const id of Object.keys(this.state.chats)) await this.sync(id);
    this.facts += 1;
  }

  /** After a lost line: the list's first page and every open chat, as they are now. */
  private async resume(): Promise<void> {
    this.isOnline = true;
    await this.quietly(async () => {
      if (this.state.isListLoaded || this.wasConnected) await this.list();
      for (const id of Object.keys(this.state.chats)) await this.sync(id);
      await session.refresh();
      this.facts += 1;
    });
    this.wasConnected = true;
    void this.send();
  }

  private async catchUp(): Promise<void> {
    await this.quietly(async () => {
      if (this.state.isListStale) await this.list();
      for (const id of this.state.stale) await (this.state.chats[id] ? this.sync(id) : this.refreshRow(id));
    });
  }

  /** A failure to ask is healed by the next connection. */
  private async quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (failure) {
      if (!(failure instanceof Problem || failure instanceof Unreachable)) throw failure;
      if (failure instanceof Unreachable) this.isOnline = false;
    }
  }

  async list(): Promise<void> {
    this.dispatch({ type: "rows", page: await ask<Rows>("GET", path("/conversations", { limit: 50 })), isFirst: true });
  }

  async more(): Promise<void> {
    const cursor = this.state.next;
    if (cursor) this.dispatch({ type: "rows", page: await ask<Rows>("GET", path("/conversations", { cursor, limit: 50 })), isFirst: false });
  }

  /** Look for people and messages; an empty text shows the whole list again. */
  async find(text: string): Promise<void> {
    this.search = text;
    if (!text.trim()) {
      this.found = null;
      return;
    }
    const page = await ask<Rows>("GET", path("/conversations", { q: text, limit: 50 }));
    if (this.search === text) this.found = page.rows;
  }

  async open(id: string): Promise<void> {
    this.opened(await ask<Opened>("GET", `/conversations/${id}`));
  }

  /** The chat with a person, also before the first message; answers its id. */
  async openWith(personId: string, courseId: string): Promise<string> {
    const opened = await ask<Opened>("GET", path(`/people/${personId}/conversation`, { course_id: courseId }));
    this.opened(opened);
    return opened.row.conversation_id;
  }

  private opened(opened: Opened): void {
    this.dispatch({ type: "opened", opened });
  }

  async older(id: string): Promise<void> {
    const before = this.chat(id)?.messages[0]?.seq;
    if (!before || !this.chat(id)?.older) return;
    const history = await ask<History>("GET", path(`/conversations/${id}/messages`, { before }));
    this.dispatch({ type: "older", conversationId: id, history });
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
  }

  /** A chat without a message is not stored: it is opened anew, through its person. */
  private async syncEmpty(id: string): Promise<void> {
    const row = this.row(id);
    if (row) await this.openWith(row.other.id, this.chat(id)?.about?.id ?? "");
  }

  /** Put a message into the outbox; it goes when the line allows. */
  async write(row: Row, body: string, course: CourseRef | null): Promise<void> {
    const pending: Pending = {
      key: crypto.randomUUID(),
      conversationId: row.conversation_id,
      personId: row.other.id,
      body,
      course,
      at: new Date().toISOString(),
      status: "waiting",
      reason: null,
    };
    this.dispatch({ type: "queued", pending });
    await this.outbox.keep(pending);
    await this.send();
  }

  async retry(pending: Pending): Promise<void> {
    this.dispatch({ type: "waiting", key: pending.key });
    await this.send();
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
      this.timer = setTimeout(() => void this.send(), RETRY_MS);
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
    await ask("DELETE", `/conversations/${id}`);
    this.dispatch({ type: "emptied", conversationId: id });
    if (this.found) await this.find(this.search);
  }

  /** The open, visible chat was read up to its newest message. */
  async markRead(id: string): Promise<void> {
    const row = this.row(id);
    if (!row || row.last_seq === 0 || row.read_seq >= row.last_seq) return;
    const seq = row.last_seq;
    this.dispatch({ type: "read", conversationId: id, seq });
    await this.quietly(async () => this.dispatch({ type: "row", row: await ask<Row>("PUT", `/conversations/${id}/read`, { seq }) }));
  }
}

export const messages = new Messages();
