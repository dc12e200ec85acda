/** Finding people by name, for fields in which somebody is chosen. */
import { ask, path } from "../protocol/http.ts";
import type { AdminUsers, People, PersonCard } from "../protocol/wire.ts";
import type { Choices, Option } from "../ui/Combobox.svelte";
import { post } from "./people.ts";

const MOST = 20;

export interface PersonOption extends Option {
  person: PersonCard;
}

export function asOption(person: PersonCard): PersonOption {
  return { id: person.id, label: person.name, detail: post(person), person };
}

/** Whom I may write to first. */
export async function findPeople(text: string): Promise<Choices<PersonOption>> {
  const found = await ask<People>("GET", path("/people", { q: text, limit: MOST }));
  return { options: found.people.map(asOption), hasMore: found.next !== null };
}

/** Active users whom I administer. */
export async function findUsers(text: string): Promise<Choices<PersonOption>> {
  const found = await ask<AdminUsers>("GET", path("/admin/users", { q: text, state: "active", limit: MOST }));
  return { options: found.users.map(asOption), hasMore: found.next !== null };
}
