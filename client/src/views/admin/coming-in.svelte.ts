/** How people who never signed in come in: links and invitations for many, a hundred at a time. */
import { ask, path } from "../../protocol/http.ts";
import type { AdminUsers, LeftOut, NewLink, NewLinks, Newcomers, SentInvitations, UserChoice } from "../../protocol/wire.ts";
import { saveCsv } from "../../ui/csv.ts";
import { Submission } from "../failures.svelte.ts";

const AT_ONCE = 100;

/** For whom it is done, by their ids. */
type Who = () => Promise<readonly string[]>;

/** The ids on every page of a list. */
async function ids<T extends { next: string | null }>(address: string, query: Record<string, string | number | boolean | null | undefined>, of: (page: T) => readonly { id: string }[]): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const page: T = await ask<T>("GET", path(address, { ...query, cursor, limit: AT_ONCE }));
    found.push(...of(page).map((one) => one.id));
    cursor = page.next;
  }
  return found;
}

/** Everybody whom I administer and who never signed in, by their ids. */
const newcomers: Who = () => ids<Newcomers>("/admin/newcomers", {}, (page) => page.people);

/** Everybody whom a filter of the list of users finds, by their ids. */
export function everybody(chosen: UserChoice): Promise<string[]> {
  return ids<AdminUsers>("/admin/users", { ...chosen, sort: "created" }, (page) => page.users);
}

/** One run over many people. Links are shown once and void those from before: what was made stays, whatever comes after. */
export class ComingIn {
  readonly submission = new Submission();
  /** How many are done, of how many; null while nothing runs. */
  progress = $state.raw<readonly [number, number] | null>(null);
  links = $state.raw<readonly NewLink[]>([]);
  leftOut = $state.raw<readonly LeftOut[]>([]);
  invited = 0;
  #isStopped = false;

  /** A sign-in link for everybody who never signed in, or for others; true when all were asked for. */
  link(who: Who = newcomers): Promise<boolean> {
    return this.#run<NewLinks>("/admin/sign-in-links", who, (part) => {
      this.links = [...this.links, ...part.links];
      this.leftOut = [...this.leftOut, ...part.left_out];
    });
  }

  /** An invitation by mail for everybody who never signed in, or for others; true when all were asked for. */
  invite(who: Who = newcomers): Promise<boolean> {
    this.invited = 0;
    return this.#run<SentInvitations>("/admin/invitations", who, (part) => {
      this.invited += part.invited.length;
      this.leftOut = [...this.leftOut, ...part.left_out];
    });
  }

  /** After the part that is under way, no other one. */
  stop(): void {
    this.#isStopped = true;
  }

  async #run<T>(address: string, who: Who, keep: (part: T) => void): Promise<boolean> {
    this.#isStopped = false;
    [this.links, this.leftOut] = [[], []];
    const isDone = await this.submission.run(async () => {
      const people = await who();
      for (let done = 0; done < people.length && !this.#isStopped; done += AT_ONCE) {
        this.progress = [done, people.length];
        keep(await ask<T>("POST", address, { user_ids: people.slice(done, done + AT_ONCE) }));
      }
    });
    this.progress = null;
    return isDone;
  }
}

export function saveLinks(links: readonly NewLink[]): void {
  const rows = links.map((one) => [one.name, one.login, one.email, one.url, one.expires_at ?? ""]);
  saveCsv("sign-in-links.csv", [["name", "login", "email", "link", "expires"], ...rows]);
}
