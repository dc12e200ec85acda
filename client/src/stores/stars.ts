/** Messages that I star, to find them again: on all my devices, and nobody else learns of it (rules §16). */
import { ask, path } from "../protocol/http.ts";
import type { Message, StarredMessages } from "../protocol/wire.ts";
import { messagesState } from "./messages-state.svelte.ts";

class Stars {
  /** Star a message, or take the star back: shown at once, and undone where the server refuses. */
  async set({ conversation_id: conversationId, seq }: Message, isOn: boolean): Promise<void> {
    const event = { type: "starred", conversationId, seq } as const;
    messagesState.dispatch({ ...event, isOn });
    try {
      await ask(isOn ? "PUT" : "DELETE", `/conversations/${conversationId}/messages/${seq}/star`);
    } catch (failure) {
      messagesState.dispatch({ ...event, isOn: !isOn });
      throw failure;
    }
  }

  /** A page of what I starred, the newest star first, in one chat or in all (an empty id). */
  async page(conversationId: string, cursor: string, limit: number): Promise<StarredMessages> {
    return ask<StarredMessages>("GET", path("/stars", { conversation_id: conversationId, cursor, limit }));
  }
}

export const stars = new Stars();
