/** What the composer does beside writing something new: it answers a message, or edits one. */
import type { Message } from "../../protocol/wire.ts";

export interface Mode {
  kind: "reply" | "edit";
  message: Message;
}
