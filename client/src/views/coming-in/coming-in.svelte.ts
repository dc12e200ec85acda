/** Sign-in links for many people, a hundred at a time. They are secrets that are shown once, so they are made for an open page. */
import { ask } from "../../protocol/http.ts";
import { pages } from "../../protocol/pages.ts";
import type { AdminUsers, LeftOut, NewLink, NewLinks, Newcomers, UserChoice } from "../../protocol/wire.ts";
import { saveCsv } from "../../ui/csv.ts";
import { Submission } from "../failures.svelte.ts";

const AT_ONCE = 100;

/** For whom it is done, by their ids. */
type Who = () => Promise<readonly string[]>;

/** The ids on every page of a list. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- It binds `of` to the type that the caller names.
async function ids<Page extends { next: string | null }>(
  address: string,
  query: Partial<UserChoice> & { sort?: string },
  of: (page: Page) => readonly { id: string }[],
): Promise<string[]> {
  const found: string[] = [];
  for await (const page of pages<Page>(address, { ...query, limit: AT_ONCE })) found.push(...of(page).map((one) => one.id));
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
  #isStopped = false;

  /** A sign-in link for everybody who never signed in, or for others; true when all were asked for. */
  async link(who: Who = newcomers): Promise<boolean> {
    this.#isStopped = false;
    [this.links, this.leftOut] = [[], []];
    const isDone = await this.submission.run(async () => {
      const people = await who();
      for (let done = 0; done < people.length && !this.#isStopped; done += AT_ONCE) {
        this.progress = [done, people.length];
        const part = await ask<NewLinks>("POST", "/admin/sign-in-links", { user_ids: people.slice(done, done + AT_ONCE) });
        this.links = [...this.links, ...part.links];
        this.leftOut = [...this.leftOut, ...part.left_out];
      }
    });
    this.progress = null;
    return isDone;
  }

  /** After the part that is under way, no other one. */
  stop(): void {
    this.#isStopped = true;
  }
}

export function saveLinks(links: readonly NewLink[]): void {
  const rows = links.map((one) => [one.name, one.login, one.email, one.url, one.expires_at ?? ""]);
  saveCsv("sign-in-links.csv", [["name", "login", "email", "link", "expires"], ...rows]);
}
