/** Who is chosen in a list that comes page by page: some of them, or all that the filter finds. */
import { SvelteSet } from "svelte/reactivity";

export class Selection {
  /** All that the filter finds, also those on other pages. */
  isAll = $state(false);
  #ids = new SvelteSet<string>();
  /** Where a range begins: the row that was pressed last. */
  #anchor = "";

  get ids(): string[] {
    return [...this.#ids];
  }

  /** How many of `total` are chosen. */
  count(total: number): number {
    return this.isAll ? total : this.#ids.size;
  }

  has(id: string): boolean {
    return this.isAll || this.#ids.has(id);
  }

  /** Of a page: whether all, some or none are chosen. */
  of(page: readonly string[]): "all" | "some" | "none" {
    const chosen = page.filter((id) => this.has(id)).length;
    return chosen === 0 ? "none" : chosen === page.length ? "all" : "some";
  }

  /** One more or one less. Whoever takes one out of all goes on with the others of the page. */
  toggle(id: string, page: readonly string[]): void {
    if (this.isAll) this.#only(page);
    if (!this.#ids.delete(id)) this.#ids.add(id);
    this.#anchor = id;
  }

  /** All from the row that was pressed last to this one. */
  extend(id: string, page: readonly string[]): void {
    const [from, to] = [page.indexOf(this.#anchor), page.indexOf(id)];
    if (from === -1 || to === -1) {
      this.toggle(id, page);
      return;
    }
    for (const one of page.slice(Math.min(from, to), Math.max(from, to) + 1)) this.#ids.add(one);
  }

  /** The whole page, or nobody of it. */
  togglePage(page: readonly string[]): void {
    const isWhole = this.of(page) === "all";
    if (this.isAll) this.#only([]);
    for (const id of page)
      if (isWhole) this.#ids.delete(id);
      else this.#ids.add(id);
    this.#anchor = "";
  }

  all(): void {
    this.isAll = true;
  }

  clear(): void {
    this.#only([]);
    this.#anchor = "";
  }

  #only(ids: readonly string[]): void {
    this.isAll = false;
    this.#ids.clear();
    for (const id of ids) this.#ids.add(id);
  }
}
