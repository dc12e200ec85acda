/** Who is chosen in a list that comes page by page: some of them, or all that the filter finds. */

export class Selection {
  /** All that the filter finds, also those on other pages. */
  isAll = $state(false);
  #ids = $state.raw<ReadonlySet<string>>(new Set());
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
    if (this.#ids.has(id)) this.#remove([id]);
    else this.#add([id]);
    this.#anchor = id;
  }

  /** All from the row that was pressed last to this one. */
  extend(id: string, page: readonly string[]): void {
    const [from, to] = [page.indexOf(this.#anchor), page.indexOf(id)];
    if (from === -1 || to === -1) {
      this.toggle(id, page);
      return;
    }
    this.#add(page.slice(Math.min(from, to), Math.max(from, to) + 1));
  }

  /** The whole page, or nobody of it. */
  togglePage(page: readonly string[]): void {
    const isWhole = this.of(page) === "all";
    if (this.isAll) this.#only([]);
    if (isWhole) this.#remove(page);
    else this.#add(page);
    this.#anchor = "";
  }

  all(): void {
    this.isAll = true;
  }

  clear(): void {
    this.#only([]);
    this.#anchor = "";
  }

  #add(ids: readonly string[]): void {
    this.#ids = new Set([...this.#ids, ...ids]);
  }

  #remove(ids: readonly string[]): void {
    this.#ids = new Set([...this.#ids].filter((id) => !ids.includes(id)));
  }

  #only(ids: readonly string[]): void {
    this.isAll = false;
    this.#ids = new Set(ids);
  }
}
