/** People and chats for tests. */
import type { PersonCard } from "../protocol/wire.ts";
import type { Shown } from "./participants.ts";

export function card(id: string, more: Partial<PersonCard> = {}): PersonCard {
  return { id, name: id, role: "author", state: "active", title: "", department: null, photo: null, ...more };
}

/** What a row says of a dialog with this person, who has read up to a message. */
export function dialogWith(person: PersonCard, read_seq = 0): Shown {
  return { kind: "dialog", title: person.name, picture: person.photo, members_count: 2, participants: [{ person, read_seq }] };
}

/** What a row says of a group with these people, and others. */
export function groupOf(people: readonly PersonCard[], members_count = people.length + 1, read_seq = 0): Shown {
  const title = people.map((person) => person.name).join(", ");
  return { kind: "group", title, picture: null, members_count, participants: people.map((person) => ({ person, read_seq })) };
}
