/** The courses that connect two people of a chat, each with the words for what they are in it to each other. */
import { isWithExpert } from "../../model/chats.ts";
import type { CourseRef, Row, SharedCourse } from "../../protocol/wire.ts";

export interface Connection {
  course: CourseRef;
  /** The id of its words. */
  words: string;
  /** Since when they have been my expert, where that is known. */
  since: string | null;
  /** A course of which I was an expert once is not mine to open any more. */
  isLink: boolean;
}

/** Those of now, and the one that a question went to whose expert is not one any more. */
export function connections(row: Row, shared: readonly SharedCourse[]): Connection[] {
  const { question } = row;
  const found = shared.map(({ course, part, since }): Connection => ({
    course,
    words: `connection-${part}${since ? "-since" : ""}`,
    since,
    isLink: true,
  }));
  if (!question || question.is_expert || found.some((one) => one.course.id === question.course.id)) return found;
  const isTheirs = isWithExpert(row);
  return [
    ...found,
    { course: question.course, words: isTheirs ? "connection-former-expert" : "connection-formerly-mine", since: null, isLink: isTheirs },
  ];
}
