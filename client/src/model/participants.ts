/** Who is in a chat, and how it is shown: a dialog is the case of one other person. */
import type { PersonCard, Row } from "../protocol/wire.ts";

/** What a row and a found message say of their chat. */
export type Shown = Pick<Row, "kind" | "title" | "picture" | "members_count" | "participants">;

/** The other person of a dialog; undefined in a group. */
export function partnerOf({ kind, participants }: Shown): PersonCard | undefined {
  return kind === "dialog" ? participants[0]?.person : undefined;
}

export function isIn(personId: string, { participants }: Shown): boolean {
  return participants.some(({ person }) => person.id === personId);
}

/** The name of one of the others; of one who is not among those shown, what the chat is called. */
export function nameOf(personId: string, { title, participants }: Shown): string {
  return participants.find(({ person }) => person.id === personId)?.person.name ?? title;
}

/** Up to which message all of the others have read; 0 where not all of them are known. */
export function readByAll({ members_count, participants }: Shown): number {
  const isWhole = participants.length > 0 && participants.length === members_count - 1;
  return isWhole ? Math.min(...participants.map((one) => one.read_seq)) : 0;
}

/** The row after one of the others read up to a message. */
export function withRead(row: Row, reader: string, seq: number): Row {
  const participants = row.participants.map((one) => (one.person.id === reader ? { ...one, read_seq: Math.max(one.read_seq, seq) } : one));
  return { ...row, participants };
}

/** How a row shows its chat, from a row that may be older otherwise: who the others are has no revision, how far they read has. */
export function withShown(row: Row, { kind, title, picture, members_count, participants }: Shown): Row {
  const shown: Row = { ...row, kind, title, picture, members_count, participants };
  return row.participants.reduce((next, { person, read_seq }) => withRead(next, person.id, read_seq), shown);
}
