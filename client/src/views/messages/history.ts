/** A chat as the lines that its history shows, one below the other. */
import type { Pending } from "../../model/chats.ts";
import type { Message } from "../../protocol/wire.ts";

export type Line =
  | { kind: "day"; key: string; at: string }
  | { kind: "new"; key: string }
  /** `context` names the course whose question begins here; `isTurn` when somebody else spoke before. */
  | { kind: "message"; key: string; message: Message; context: string; isTurn: boolean }
  | { kind: "pending"; key: string; pending: Pending; isTurn: boolean };

/**
 * The lines of a chat. A message keeps its key from its sending on, so that its bubble stays when it is stored.
 * The *New messages* line stands above the first of the others' that is loaded from `newFrom` on, so it moves up with
 * older pages; `dayOf` gives a moment's day.
 */
export function linesOf(
  me: string, messages: readonly Message[], pending: readonly Pending[], newFrom: number | null, dayOf: (at: string) => string,
): Line[] {
  const lines: Line[] = [];
  const firstNew = newFrom === null ? undefined : messages.find((one) => one.seq >= newFrom && one.sender_id !== me && !one.deleted_at);
  let [day, course, sender] = ["", "", ""];
  for (const message of messages) {
    const today = dayOf(message.sent_at);
    if (today !== day) lines.push({ kind: "day", key: `day ${today}`, at: message.sent_at });
    if (message === firstNew) lines.push({ kind: "new", key: "new" });
    const context = message.course && message.course.id !== course ? message.course.title : "";
    lines.push({ kind: "message", key: `${message.sender_id} ${message.key}`, message, context, isTurn: message.sender_id !== sender });
    [day, course, sender] = [today, message.course?.id ?? course, message.sender_id];
  }
  for (const one of pending) {
    lines.push({ kind: "pending", key: `${me} ${one.key}`, pending: one, isTurn: sender !== me });
    sender = me;
  }
  return lines;
}
