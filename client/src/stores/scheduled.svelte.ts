/** What I scheduled: loaded once, brought up to date when the server says that something changed, never kept in the browser. */
import { ask } from "../protocol/http.ts";
import type { CourseRef, LocalTime, Row, Scheduled, ScheduledMessages, Sent, ServerFrame } from "../protocol/wire.ts";
import { partnerOf } from "../model/participants.ts";
import { coalesced } from "../sync/coalesced.ts";
import { newKey } from "../sync/message-key.ts";
import { connection } from "./connection.svelte.ts";
import { messages } from "./messages.svelte.ts";
import { messagesState } from "./messages-state.svelte.ts";

/** A moment, or what a clock will show. */
export type When = string | LocalTime;

/** What is scheduled, as a send has it. */
export interface Written {
  key: string;
  body: string;
  course: CourseRef | null;
  replyTo: number | undefined;
  files: readonly string[];
}

class ScheduledStore {
  private list = $state.raw<readonly Scheduled[]>([]);
  private me = $state("");

  /** Called again for the same person it does nothing. */
  start(me: string): void {
    if (this.me === me) return;
    [this.me, this.list] = [me, []];
    messages.hearers.add(this.hear);
    void this.load();
  }

  /** In all chats, the first due first; those that were refused come before those that wait. */
  get all(): readonly Scheduled[] {
    if (messagesState.current.me !== this.me) return [];
    return [...this.list].sort((one, other) => rank(one) - rank(other) || one.due_at.localeCompare(other.due_at));
  }

  of(conversationId: string): readonly Scheduled[] {
    return this.all.filter((one) => one.conversation_id === conversationId);
  }

  /** Throws `Problem` or `Unreachable`. A retry with the same key schedules nothing twice. */
  async schedule(row: Row, { key, body, course, replyTo, files }: Written, at: When): Promise<Scheduled> {
    const person = row.last_seq ? null : partnerOf(row)?.id;
    const to = person ? `/people/${person}` : `/conversations/${row.conversation_id}`;
    const asked = { key, body, at, course_id: course?.id ?? null, reply_to: replyTo ?? null, files };
    return this.keep(await ask<Scheduled>("POST", `${to}/scheduled`, asked));
  }

  /** As it was, under a new key: what was cancelled by mistake. */
  async again({ conversation_id, person_id, body, local, due_at, course, reply_to, files }: Scheduled): Promise<Scheduled> {
    const to = person_id ? `/people/${person_id}` : `/conversations/${conversation_id}`;
    const asked = { key: newKey(), body, at: local ?? due_at, course_id: course?.id ?? null, reply_to, files: files.map(({ id }) => id) };
    return this.keep(await ask<Scheduled>("POST", `${to}/scheduled`, asked));
  }

  /** As it was seen: throws the `Problem` scheduled_changed where another device changed it meanwhile. */
  async change({ id, revision }: Scheduled, change: { body?: string; at?: When }): Promise<Scheduled> {
    return this.keep(await ask<Scheduled>("PATCH", `/scheduled/${id}`, { revision, ...change }));
  }

  async cancel({ id }: Scheduled): Promise<void> {
    await ask("DELETE", `/scheduled/${id}`);
    this.list = this.list.filter((one) => one.id !== id);
  }

  async sendNow({ id }: Scheduled): Promise<void> {
    await ask<Sent>("POST", `/scheduled/${id}/send`);
    this.list = this.list.filter((one) => one.id !== id);
  }

  private keep(one: Scheduled): Scheduled {
    this.list = [...this.list.filter(({ id }) => id !== one.id), one];
    return one;
  }

  readonly load = coalesced(async () => {
    const { me } = this;
    await connection.quietly(async () => {
      const { scheduled } = await ask<ScheduledMessages>("GET", "/scheduled");
      if (me === this.me) this.list = scheduled;
    });
  });

  /** Whatever changed it, here or elsewhere; and whatever was missed while there was no connection. */
  private readonly hear = (frame: ServerFrame): void => {
    if (frame.type === "scheduled" || frame.type === "welcome") void this.load();
  };
}

function rank({ state }: Scheduled): number {
  return state === "refused" ? 0 : 1;
}

export const scheduled = new ScheduledStore();
