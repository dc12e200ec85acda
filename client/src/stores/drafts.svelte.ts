import { untrack } from "svelte";

const BEGINNING = "draft of ";

/** What was begun and not sent, a text for each chat. It is kept in this tab, for the person who wrote it. */
class Drafts {
  private texts = $state.raw<Readonly<Record<string, string>>>({});
  private me = "";

  start(me: string): void {
    this.stop();
    this.me = me;
    const before = this.at("");
    const mine = Object.entries(sessionStorage).filter(([key]) => key.startsWith(before));
    this.texts = Object.fromEntries(mine.map(([key, text]) => [key.slice(before.length), String(text)]));
  }

  /** Nothing of the person stays in the page. */
  stop(): void {
    this.me = "";
    this.texts = {};
  }

  /** What somebody left here whose session ended is nobody else's who signs in after them. */
  forgetOthers(me: string): void {
    const names = Object.keys(sessionStorage).filter((name) => name.startsWith(BEGINNING));
    for (const name of names) if (!name.startsWith(`${BEGINNING}${me} `)) sessionStorage.removeItem(name);
  }

  of(id: string): string {
    return this.texts[id] ?? "";
  }

  keep(id: string, text: string): void {
    const { [id]: _, ...others } = untrack(() => this.texts);
    this.texts = text.trim() ? { ...others, [id]: text } : others;
    if (text.trim()) sessionStorage.setItem(this.at(id), text);
    else sessionStorage.removeItem(this.at(id));
  }

  private at(id: string): string {
    return `${BEGINNING}${this.me} in ${id}`;
  }
}

export const drafts = new Drafts();
