/** How people who never signed in come in: links and invitations for many, a hundred at a time. */
import { ask, path } from "../../protocol/http.ts";
import type { AdminUsers, LeftOut, NewLink, NewLinks, Newcomers, SentInvitations, UserChoice } from "../../protocol/wire.ts";
import { saveCsv } from "../../ui/csv.ts";

const AT_ONCE = 100;

type Told = (done: number, total: number) => void;

/** For whom it is done, by their ids. */
type Who = () => Promise<readonly string[]>;

/** Everybody whom I administer and who never signed in, by their ids. */
async function newcomers(): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page: Newcomers = await ask<Newcomers>("GET", path("/admin/newcomers", { cursor, limit: AT_ONCE }));
    ids.push(...page.people.map((one) => one.id));
    cursor = page.next;
  }
  return ids;
}

/** Everybody whom a filter of the list of users finds, by their ids. */
export async function everybody(chosen: UserChoice): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page: AdminUsers = await ask<AdminUsers>("GET", path("/admin/users", { ...chosen, sort: "created", cursor, limit: AT_ONCE }));
    ids.push(...page.users.map((one) => one.id));
    cursor = page.next;
  }
  return ids;
}

async function inParts<T>(address: string, who: Who, told: Told, keep: (part: T) => void): Promise<void> {
  const ids = await who();
  for (let done = 0; done < ids.length; done += AT_ONCE) {
    told(done, ids.length);
    keep(await ask<T>("POST", address, { user_ids: ids.slice(done, done + AT_ONCE) }));
  }
}

/** A sign-in link for everybody who never signed in, or for others; links from before are void. */
export async function linksFor(told: Told, who: Who = newcomers): Promise<{ links: NewLink[]; leftOut: LeftOut[] }> {
  const made = { links: [] as NewLink[], leftOut: [] as LeftOut[] };
  await inParts<NewLinks>("/admin/sign-in-links", who, told, (part) => {
    made.links.push(...part.links);
    made.leftOut.push(...part.left_out);
  });
  return made;
}

/** An invitation by mail for everybody who never signed in, or for others: how many there were, and who got none. */
export async function invite(told: Told, who: Who = newcomers): Promise<{ invited: number; leftOut: LeftOut[] }> {
  const sent = { invited: 0, leftOut: [] as LeftOut[] };
  await inParts<SentInvitations>("/admin/invitations", who, told, (part) => {
    sent.invited += part.invited.length;
    sent.leftOut.push(...part.left_out);
  });
  return sent;
}

export function saveLinks(links: readonly NewLink[]): void {
  const rows = links.map((one) => [one.name, one.login, one.email, one.url, one.expires_at ?? ""]);
  saveCsv("sign-in-links.csv", [["name", "login", "email", "link", "expires"], ...rows]);
}
