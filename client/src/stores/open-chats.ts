/** The chats that are here with their messages: opened, paged through, and what is done to one of their messages. */
import type { Chat } from "../model/chats.ts";
import { Problem, Unreachable, ask, path } from "../protocol/http.ts";
import type { CourseRef, History, Message } from "../protocol/wire.ts";
import { catchUp } from "./catch-up.ts";
import { messagesState } from "./messages-state.svelte.ts";
import { offlineCache } from "./offline-cache.ts";

/** What a page is, before its messages are here. */
type PageEvent = { type: "around"; seq: number } | { type: "older"; before: number } | { type: "newer"; after: number };

class OpenChats {
  private seeking = "";

  chat(id: string): Chat | undefined {
    return messagesState.chat(id);
  }

  /** Open a chat at its end; without an answer it is there as it was last seen here. */
  async open(id: string): Promise<void> {
    try {
      await catchUp.chat(id);
      void catchUp.run();
    } catch (failure) {
      if (!(failure instanceof Unreachable) || !(await offlineCache.recallChat(id))) throw failure;
    }
  }

  /** Open the chat with a person, also before the first message; answers its id. */
  async openWith(personId: string, courseId: string): Promise<string> {
    const id = await catchUp.chatWith(personId, courseId);
    void catchUp.run();
    return id;
  }

  /** Open a chat at one of its messages; those around it come where it is not here yet. Of several the last one asked for counts. */
  async openAt(id: string, seq: number): Promise<void> {
    const seeking = (this.seeking = `${id} ${seq}`);
    if (!this.chat(id)) await this.open(id);
    const isWanted = (chat: Chat) => this.seeking === seeking && !chat.messages.some((message) => message.seq === seq);
    await this.page(id, { around: seq }, isWanted, { type: "around", seq });
  }

  async older(id: string): Promise<void> {
    const before = this.chat(id)?.messages[0]?.seq;
    if (!before) return;
    const isWanted = (chat: Chat) => chat.older && chat.messages[0]?.seq === before;
    await this.page(id, { before }, isWanted, { type: "older", before });
  }

  async newer(id: string): Promise<void> {
    const after = this.chat(id)?.messages.at(-1)?.seq;
    if (!after) return;
    const isWanted = (chat: Chat) => chat.newer && chat.messages.at(-1)?.seq === after;
    await this.page(id, { after }, isWanted, { type: "newer", after });
  }

  /** Load a page, again when the chat changed meanwhile: it may hold what was deleted since. */
  private async page(id: string, position: Record<string, number>, isWanted: (chat: Chat) => boolean, event: PageEvent): Promise<void> {
    for (let tries = 0; tries < 3; tries += 1) {
      const chat = this.chat(id);
      if (!chat || !isWanted(chat)) return;
      const { rev = 0, own_rev: ownRev = 0 } = messagesState.row(id) ?? {};
      const history = await ask<History>("GET", path(`/conversations/${id}/messages`, position));
      const now = this.chat(id);
      if (!now || !isWanted(now)) return;
      messagesState.dispatch({ ...event, conversationId: id, history, rev, ownRev });
      const row = messagesState.row(id);
      if (row?.rev === rev && row.own_rev === ownRev) return;
    }
  }

  /** Choose the course that the next message is about, or none. */
  about(id: string, course: CourseRef | null): void {
    messagesState.dispatch({ type: "about", conversationId: id, about: course });
  }

  /** Delete a message for me alone, at once; answers how to take it back. */
  async deleteMine(message: Message): Promise<() => Promise<void>> {
    const { conversation_id: conversationId, seq } = message;
    const address = `/conversations/${conversationId}/messages/${seq}`;
    messagesState.dispatch({ type: "hid", conversationId, seq });
    try {
      await ask("DELETE", address);
    } catch (failure) {
      messagesState.dispatch({ type: "restored", conversationId, message });
      throw failure;
    }
    return async () => {
      await ask("POST", `${address}/restore`);
      messagesState.dispatch({ type: "restored", conversationId, message });
    };
  }

  /** Give my message another text. */
  async edit({ conversation_id, seq }: Message, body: string): Promise<void> {
    this.hear(await ask<Message>("PATCH", `/conversations/${conversation_id}/messages/${seq}`, { body }));
  }

  /** React, or take it back: shown at once, and undone where the server refuses. */
  async react({ conversation_id: conversationId, seq }: Message, emoji: string, isOn: boolean): Promise<void> {
    const rev = this.chat(conversationId)?.messages.find((one) => one.seq === seq)?.rev ?? 0;
    const event = { type: "reacted", conversationId, seq, rev, emoji } as const;
    messagesState.dispatch({ ...event, isOn });
    try {
      this.hear(await ask<Message>("PUT", `/conversations/${conversationId}/messages/${seq}/reactions`, { emoji, on: isOn }));
    } catch (failure) {
      messagesState.dispatch({ ...event, isOn: !isOn });
      throw failure;
    }
  }

  /** Find what a quote shows and that is not here, or learn that I can't see it any more. */
  async quote(conversationId: string, seq: number): Promise<void> {
    const answer = async (message: Promise<Message | null>): Promise<void> =>
      messagesState.dispatch({ type: "quoted", conversationId, seq, message: await message });
    await answer(ask<Message>("GET", `/conversations/${conversationId}/messages/${seq}`).catch(nothingThere));
  }

  private hear(message: Message): void {
    messagesState.dispatch({ type: "frame", frame: { type: "message", message } });
    void catchUp.run();
  }

  async deleteForEveryone(message: Message): Promise<void> {
    const address = `/conversations/${message.conversation_id}/messages/${message.seq}/delete-for-everyone`;
    this.hear(await ask<Message>("POST", address));
  }
}

/** What is not there, or not mine to see, is one answer. */
function nothingThere(failure: unknown): null {
  if (failure instanceof Problem && failure.document.status === 404) return null;
  throw failure;
}

export const openChats = new OpenChats();
