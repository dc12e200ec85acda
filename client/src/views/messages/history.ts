/** A chat as the lines that its history shows, one below the other. */
import type { Pending } from "../../model/chats.ts";
import type { Message } from "../../protocol/wire.ts";

/** Where a bubble stands in its run: what one person said within a minute, with nothing between. */
export interface Run {
  isFirst: boolean;
  /** It says the time for all of them. */
  isLast: boolean;
}

export type Line =
  | { kind: "day"; key: string; at: string }
  | { kind: "new"; key: string }
  /** `context` names the course whose question begins here. */
  | { kind: "message"; key: string; message: Message; context: string; run: Run }
  | { kind: "pending"; key: string; pending: Pending; run: Run };

/**
 * The lines of a chat. A message keeps its key from its sending on, so that its bubble stays when it is stored.
 * The *New messages* line stands above the first of the others' that is loaded from `newFrom` on, so it moves up with
 * older pages; `dayOf` gives a moment's day.
 */
export function linesOf(
  me: string,
  messages: readonly Message[],
  pending: readonly Pending[],
  newFrom: number | null,
  dayOf: (at: string) => string,
): Line[] {
  const lines: Line[] = [];
  const firstNew = newFrom === null ? undefined : messages.find((one) => one.seq >= newFrom && one.sender_id !== me && !one.deleted_at);
  let [day, course] = ["", ""];
  for (const message of messages) {
    const today = dayOf(message.sent_at);
    if (today !== day) lines.push({ kind: "day", key: `day ${today}`, at: message.sent_at });
    if (message === firstNew) lines.push({ kind: "new", key: "new" });
    const context = message.course && message.course.id !== course ? message.course.title : "";
    lines.push({ kind: "message", key: `${message.sender_id} ${message.key}`, message, context, run: alone() });
    join(lines, me);
    [day, course] = [today, message.course?.id ?? course];
  }
  for (const one of pending) {
    lines.push({ kind: "pending", key: `${me} ${one.key}`, pending: one, run: alone() });
    join(lines, me);
  }
  return lines;
}

function alone(): Run {
  return { isFirst: true, isLast: true };
}

/** The newest line goes on with the run of the line above it, or begins its own. */
function join(lines: Line[], me: string): void {
  const [above, newest] = [lines.at(-2), lines.at(-1)];
  if (!above || !newest || !isSaid(above) || !isSaid(newest)) return;
  const isApart = (newest.kind === "message" && newest.context) || (above.kind === "pending" && above.pending.status === "failed");
  if (isApart || runOf(above, me) !== runOf(newest, me)) return;
  above.run.isLast = newest.run.isFirst = false;
}

/** Who, and in which minute. */
function runOf(line: Said, me: string): string {
  const [sender, at] = line.kind === "message" ? [line.message.sender_id, line.message.sent_at] : [me, line.pending.at];
  return `${sender} ${Math.floor(Date.parse(at) / 60_000)}`;
}

export type Said = Extract<Line, { run: Run }>;

export function isSaid(line: Line): line is Said {
  return line.kind === "message" || line.kind === "pending";
}

/** The message to which a key leads from another one, both by the keys of their lines; undefined for none. */
export function led(lines: readonly Line[], from: string | undefined, key: string): string | undefined {
  const said = lines.filter(isSaid);
  const at = said.findIndex((line) => line.key === from);
  const places: Record<string, number> = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: said.length - 1 };
  return said[places[key] ?? -1]?.key;
}
