/** Cards of links: the server makes them, and whoever sent the message may take one away (rules §20). */
import { ask } from "../protocol/http.ts";
import type { Message } from "../protocol/wire.ts";
import { catchUp } from "./catch-up.ts";
import { messagesState } from "./messages-state.svelte.ts";

/** Take the card of my message away, for everybody. */
export async function removePreview({ conversation_id, seq }: Message): Promise<void> {
  const message = await ask<Message>("DELETE", `/conversations/${conversation_id}/messages/${seq}/preview`);
  messagesState.dispatch({ type: "frame", frame: { type: "message", message } });
  void catchUp.run();
}
