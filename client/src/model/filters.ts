/** The list of chats, narrowed: the same rules as the server's, over the rows that are here. */
import type { CourseRef, Row } from "../protocol/wire.ts";

export type ListFilter = "all" | "unread" | "waiting";

/** Whether the other person waits for an answer: the newest message that I see is theirs, and still says something. */
export function awaitsAnswer(row: Row, me: string): boolean {
  return row.last_message !== null && row.last_message.sender_id !== me && row.last_message.deleted_at === null;
}

/** Who waits longest stands on top. Rows come newest first. */
export function narrowed(rows: readonly Row[], me: string, filter: ListFilter, courseId: string): Row[] {
  const found = rows.filter((row) => isChosen(row, me, filter) && (!courseId || row.question?.course.id === courseId));
  return filter === "waiting" ? found.reverse() : found;
}

function isChosen(row: Row, me: string, filter: ListFilter): boolean {
  switch (filter) {
    case "all":
      return true;
    case "unread":
      return row.unread > 0;
    case "waiting":
      return awaitsAnswer(row, me);
  }
}

/** The courses that questions to me are about, each once. */
export function coursesOf(rows: readonly Row[], me: string): CourseRef[] {
  const found = new Map<string, CourseRef>();
  for (const { question } of rows) if (question && question.expert_id === me) found.set(question.course.id, question.course);
  return [...found.values()].sort((one, other) => one.title.localeCompare(other.title));
}
