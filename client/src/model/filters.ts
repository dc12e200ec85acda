/** The list of chats, narrowed: the same rules as the server's, over the rows that are here. */
import type { Row } from "../protocol/wire.ts";

export type ListFilter = "all" | "unread" | "waiting" | "archived";
export type Order = "newest" | "oldest";

/** What is chosen of the list. `courseId` is empty for all; `order` is that of those who wait, the others come newest first. */
export interface Choice {
  readonly filter: ListFilter;
  readonly courseId: string;
  readonly order: Order;
}

export const EVERYTHING: Choice = { filter: "all", courseId: "", order: "oldest" };

export function isNarrowed({ filter, courseId }: Choice): boolean {
  return filter !== "all" || courseId !== "";
}

export function isOldestFirst({ filter, order }: Choice): boolean {
  return filter === "waiting" && order === "oldest";
}

/** Whether a chat stands in my archive, and not in the list. What an older Hallway kept of it here does not say so. */
export function isArchived({ place, archived }: Row): boolean {
  return place === null && typeof archived === "number";
}

/** Where a chat stands, in the list or in the archive; null in neither. */
export function positionOf(row: Row): number | null {
  return isArchived(row) ? row.archived : row.place;
}

/** Whether I want no notices of a chat at this moment: a mute may end by itself. */
export function isMuted({ muted, muted_until: until }: Row, now: number): boolean {
  return muted && (!until || now < Date.parse(until));
}

/** Whether the other person waits for an answer: the newest message that I see is theirs, and still says something. */
export function awaitsAnswer(row: Row, me: string): boolean {
  return row.last_message !== null && row.last_message.sender_id !== me && row.last_message.deleted_at === null;
}

/** Rows come newest first. */
export function narrowed(rows: readonly Row[], me: string, choice: Choice): Row[] {
  const found = rows.filter((row) => isChosen(row, me, choice));
  return isOldestFirst(choice) ? found.reverse() : found;
}

export function isChosen(row: Row, me: string, { filter, courseId }: Choice): boolean {
  if (courseId && row.question?.course.id !== courseId) return false;
  if (isArchived(row) !== (filter === "archived")) return false;
  switch (filter) {
    case "archived":
    case "all":
      return true;
    case "unread":
      return row.unread > 0;
    case "waiting":
      return awaitsAnswer(row, me);
  }
}

/** Whether a row stands no further than where a list ends for now; null is its true end. */
export function isWithin(row: Row, end: number | null, choice: Choice): boolean {
  const position = positionOf(row);
  if (end === null || position === null) return true;
  return isOldestFirst(choice) ? position <= end : position >= end;
}
