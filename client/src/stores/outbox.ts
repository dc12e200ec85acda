/** The outbox: what was written goes to the server one after the other, never lost and never doubled. */
import { isComplete, pendingIn, type Pending } from "../model/chats.ts";
import type { PendingFile } from "../model/uploads.ts";
import { partnerOf } from "../model/participants.ts";
import { Problem, Unreachable, ask } from "../protocol/http.ts";
import type { CourseRef, Row, Sent, ServerFrame } from "../protocol/wire.ts";
import { newKey } from "../sync/message-key.ts";
import type { StoredOutbox } from "../sync/outbox.ts";
import { storage } from "../sync/storage.ts";
import { catchUp } from "./catch-up.ts";
import { connection, RETRY_MS } from "./connection.svelte.ts";
import { messagesState } from "./messages-state.svelte.ts";
import { openChats } from "./open-chats.ts";

/** Why the server does not store a text whose key belongs to another one. */
const KEY_REUSED = "key_reused";

class Outbox {
  /** Called when a message has left, with its key, and whether it was sent. */
  whenGone = (_key: string, _isSent: boolean): void => undefined;
  whenStopped = (): void => undefined;
  private stored: Promise<StoredOutbox | undefined> = Promise.resolve(undefined);
  private isSending = false;
  private writtenAt = 0;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;

  pending(id: string): Pending[] {
    return pendingIn(messagesState.current, id);
  }

  /** What was not sent in a chat, for its line in the list. */
  failed(id: string): Pending | undefined {
    return this.newest(id, "failed");
  }

  /** The newest that waits for the network in a chat, for its line in the list. */
  waiting(id: string): Pending | undefined {
    return this.newest(id, "waiting");
  }

  private newest(id: string, status: Pending["status"]): Pending | undefined {
    return messagesState.current.outbox.findLast((pending) => pending.conversationId === id && pending.status === status);
  }

  /** Go on with what an earlier page left. */
  async start(me: string): Promise<void> {
    const stored = (this.stored = storage().then((loaded) => loaded && new loaded.StoredOutbox(me)));
    const left = (await (await stored)?.all()) ?? [];
    if (this.stored !== stored) return;
    for (const pending of left) {
      const status = pending.status === "failed" ? "failed" : "waiting";
      messagesState.dispatch({ type: "queued", pending: { ...pending, status } });
    }
    void this.send();
  }

  stop(): void {
    this.whenStopped();
    this.stored = Promise.resolve(undefined);
    clearTimeout(this.retryTimer);
  }

  /** Put a message into the outbox; it goes when the connection allows, and its files are there. `take` hands them over. */
  async write(row: Row, body: string, course: CourseRef | null, take?: (key: string) => PendingFile[], replyTo?: number): Promise<void> {
    const key = newKey();
    const files = take?.(key) ?? [];
    const pending: Pending = {
      key,
      conversationId: row.conversation_id,
      personId: row.last_seq ? null : (partnerOf(row)?.id ?? null),
      body,
      course,
      ...(files.length && { files }),
      at: this.now(),
      status: "waiting",
      reason: null,
      replyTo,
    };
    await this.queue(pending);
    // What I write stands at the end, which may not be here.
    if (messagesState.chat(row.conversation_id)?.newer) void connection.quietly(() => openChats.open(row.conversation_id));
    await this.send();
  }

  /** The present moment; two messages never share one, for it gives their order after a reload. */
  private now(): string {
    this.writtenAt = Math.max(Date.now(), this.writtenAt + 1);
    return new Date(this.writtenAt).toISOString();
  }

  private async queue(pending: Pending): Promise<void> {
    messagesState.dispatch({ type: "queued", pending });
    await this.store(pending);
  }

  private async store(pending: Pending): Promise<void> {
    await (await this.stored)?.put(pending);
  }

  private async sent(key: string): Promise<void> {
    await this.remove(key);
    this.whenGone(key, true);
  }

  private async remove(key: string): Promise<void> {
    await (await this.stored)?.remove(key);
  }

  async retry(pending: Pending): Promise<void> {
    if (pending.reason === KEY_REUSED) pending = await this.withNewKey(pending);
    messagesState.dispatch({ type: "waiting", key: pending.key });
    await this.store({ ...pending, status: "waiting", reason: null });
    await this.send();
  }

  /** A message under the key of another one can only be sent under a new one. */
  private async withNewKey(pending: Pending): Promise<Pending> {
    const renewed = { ...pending, key: newKey() };
    await this.queue(renewed);
    await this.discard(pending);
    return renewed;
  }

  async discard(pending: Pending): Promise<void> {
    messagesState.dispatch({ type: "discarded", key: pending.key });
    await this.remove(pending.key);
    this.whenGone(pending.key, false);
  }

  /** A message cannot go as it is: one of its files was refused. */
  async fail(key: string, reason: string): Promise<void> {
    const pending = messagesState.current.outbox.find((one) => one.key === key);
    if (!pending) return;
    messagesState.dispatch({ type: "failed", key, reason });
    await this.store({ ...pending, status: "failed", reason });
  }

  /** Put a discarded message back, as it was. */
  async putBack(pending: Pending): Promise<void> {
    await this.queue(pending);
  }

  /** Drop a message that a frame shows stored, though its answer did not come, or another tab sent it. */
  heard(frame: ServerFrame): void {
    const isMine = frame.type === "message" && frame.message.sender_id === messagesState.current.me;
    if (isMine && this.has(frame.message.key)) void this.sent(frame.message.key);
  }

  private has(key: string): boolean {
    return messagesState.current.outbox.some((pending) => pending.key === key);
  }

  /** Send what waits, one after the other, so that each chat keeps its order; the key makes a retry harmless. */
  async send(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    try {
      for (let next = this.next(); next; next = this.next()) await this.sendOne(next);
    } catch (failure) {
      if (!(failure instanceof Unreachable)) throw failure;
      messagesState.dispatch({ type: "unreachable" });
      clearTimeout(this.retryTimer);
      this.retryTimer = setTimeout(() => void this.send(), Math.max(RETRY_MS, failure.retryAfter * 1000));
    } finally {
      this.isSending = false;
    }
  }

  /** The first that can go: behind a message that waits for its files the others of its chat wait, too. */
  private next(): Pending | undefined {
    const held = new Set<string>();
    return messagesState.current.outbox.find((pending) => {
      if (pending.status !== "waiting" || held.has(pending.conversationId)) return false;
      if (!isComplete(pending)) held.add(pending.conversationId);
      return isComplete(pending);
    });
  }

  private async sendOne(pending: Pending): Promise<void> {
    messagesState.dispatch({ type: "sending", key: pending.key });
    try {
      const { key, course, replyTo } = pending;
      const files = (pending.files ?? []).flatMap((one) => one.attachment?.id ?? []);
      const body = { body: pending.body, key, course_id: course?.id ?? null, reply_to: replyTo ?? null, ...(files.length && { files }) };
      const target = pending.personId ? `/people/${pending.personId}` : `/conversations/${pending.conversationId}`;
      const sent = await ask<Sent>("POST", `${target}/messages`, body);
      messagesState.dispatch({ type: "stored", key: pending.key, message: sent.message });
      await this.sent(pending.key);
      void catchUp.run();
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      if (isForLater(failure)) throw new Unreachable(failure.code, failure.document.retry_after ?? 0);
      // Signed out, or stored after all as the connection knows: then there is nothing to keep.
      if (!this.has(pending.key)) return;
      await this.fail(pending.key, reasonOf(failure));
    }
  }
}

/** What is wrong with a file says more than that something is. */
function reasonOf({ code, document }: Problem): string {
  return document.errors?.find((one) => one.code.startsWith("file_"))?.code ?? code;
}

/** Not the message is refused, but now is not the time: the server says when to try again, or nobody is signed in. */
function isForLater({ document }: Problem): boolean {
  return document.status === 401 || (document.status === 429 && document.retry_after !== null && document.retry_after !== undefined);
}

export const outbox = new Outbox();
