/** Search in chats, people and messages: what was found, which of it is chosen, and the hits within one chat. */
import { ask, path } from "../protocol/http.ts";
import type { FoundChats, FoundMessage, FoundMessages, FoundPeople, Mark, Message, SearchResults } from "../protocol/wire.ts";

export type Group = "chats" | "people" | "messages";
/** One thing that was found, in any of the groups, with where it leads. */
export interface Item {
  group: Group;
  key: string;
  address: string;
  /** Its chat, looked at beside the list at this message or at its end; null for a person, whose id is the key. */
  conversationId: string | null;
  seq: number | null;
}

const FIRST = 8;
const MORE = 20;
/** As many hits of one chat as can be gone through. */
const HITS = 100;
/** For so long the message that was gone to stands out. */
const TINT_MS = 2_000;
const NOTHING: SearchResults = {
  chats: { chats: [], next: null },
  people: { people: [], next: null },
  messages: { messages: [], next: null },
};

class Search {
  /** What is in the field; the list of chats is back when it is empty. */
  text = $state("");
  results = $state.raw<SearchResults>(NOTHING);
  /** The text that the results are for; empty until there are any. */
  answered = $state("");
  isFailed = $state(false);
  /** The chosen item's number among all, -1 for none. */
  active = $state(-1);
  /** The chosen one was opened: it is looked at no more, until another one is chosen. */
  isOpened = $state(false);
  /** The chat whose hits are gone through, and what was looked for in it. */
  chatId = $state("");
  looked = $state("");
  hits = $state.raw<readonly FoundMessage[]>([]);
  /** There are more hits in the chat than are here. */
  isPartial = $state(false);
  /** The message that was gone to; its number counts up each time, so that the same one can be gone to again. */
  target = $state.raw<{ chatId: string; seq: number; turn: number } | null>(null);

  private isTinted = $state(false);
  private fading: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;
  private turns = 0;

  readonly isOn = $derived(this.text.trim() !== "");
  readonly items = $derived<Item[]>([
    ...this.results.chats.chats.map(({ row }): Item => ({
      group: "chats",
      key: row.conversation_id,
      address: `/messages/${row.conversation_id}`,
      conversationId: row.conversation_id,
      seq: null,
    })),
    ...this.results.people.people.map(({ person }): Item => ({
      group: "people",
      key: person.id,
      address: `/messages/to/${person.id}`,
      conversationId: null,
      seq: null,
    })),
    ...this.results.messages.messages.map(({ message }): Item => ({
      group: "messages",
      key: `${message.conversation_id} ${message.seq}`,
      address: path(`/messages/${message.conversation_id}`, { at: message.seq, q: this.answered }),
      conversationId: message.conversation_id,
      seq: message.seq,
    })),
  ]);
  readonly chosen = $derived(this.isOn ? (this.items[this.active] ?? null) : null);
  /** What is to be seen beside the results. */
  readonly beside = $derived(this.isOpened ? null : this.chosen);
  /** Which of the hits was gone to; -1 for none of them. */
  readonly at = $derived(this.hits.findIndex((one) => one.message.seq === this.target?.seq));

  async find(): Promise<void> {
    const turn = ++this.asked;
    const text = this.text.trim();
    this.isFailed = this.isOpened = false;
    if (!text) return void this.forget();
    try {
      const results = await ask<SearchResults>("GET", path("/search", { q: text, limit: FIRST }));
      if (turn === this.asked) [this.results, this.answered, this.active] = [results, text, -1];
    } catch (failure) {
      if (turn === this.asked) [this.results, this.answered, this.active, this.isFailed] = [NOTHING, text, -1, true];
      throw failure;
    }
  }

  /** The next page of a group, below what is there. */
  async more(group: Group): Promise<void> {
    const [turn, cursor, q] = [this.asked, this.results[group].next, this.answered];
    if (!cursor) return;
    const page = await ask<FoundChats & FoundPeople & FoundMessages>("GET", path(`/search/${group}`, { q, cursor, limit: MORE }));
    if (turn !== this.asked || this.results[group].next !== cursor) return;
    const chosen = this.chosen?.key;
    const { chats, people, messages } = this.results;
    if (group === "chats") this.results = { ...this.results, chats: { chats: [...chats.chats, ...page.chats], next: page.next } };
    if (group === "people") this.results = { ...this.results, people: { people: [...people.people, ...page.people], next: page.next } };
    if (group === "messages")
      this.results = { ...this.results, messages: { messages: [...messages.messages, ...page.messages], next: page.next } };
    this.active = this.items.findIndex((one) => one.key === chosen);
  }

  clear(): void {
    this.asked += 1;
    this.text = "";
    this.forget();
  }

  private forget(): void {
    [this.results, this.answered, this.active, this.isFailed, this.isOpened] = [NOTHING, "", -1, false, false];
  }

  /** Nothing of the person stays for whoever comes next. */
  stop(): void {
    this.clear();
    this.leaveChat();
  }

  /** Choose the next item, or the one before; from the field the first, or the last. */
  move(by: 1 | -1): void {
    const count = this.items.length;
    this.isOpened = false;
    if (count) this.active = this.active < 0 ? (by > 0 ? 0 : count - 1) : (this.active + by + count) % count;
  }

  /** Go to a message, and know the other places of its chat that say what is looked for. */
  async goTo(chatId: string, seq: number, q: string): Promise<void> {
    this.turns += 1;
    this.target = { chatId, seq, turn: this.turns };
    this.isTinted = true;
    clearTimeout(this.fading);
    this.fading = setTimeout(() => (this.isTinted = false), TINT_MS);
    if (this.chatId === chatId && this.looked === q) return;
    [this.chatId, this.looked, this.hits, this.isPartial] = [chatId, q, [], false];
    if (!q) return;
    const found = await ask<FoundMessages>("GET", path("/search/messages", { q, conversation_id: chatId, limit: HITS }));
    if (this.chatId !== chatId || this.looked !== q) return;
    [this.hits, this.isPartial] = [found.messages, found.next !== null];
  }

  /** Whether a message was gone to a moment ago. */
  isFresh(message: Message): boolean {
    return this.isTinted && message.seq === this.target?.seq && message.conversation_id === this.target.chatId;
  }

  leaveChat(): void {
    this.isTinted = false;
    [this.chatId, this.looked, this.hits, this.isPartial, this.target] = ["", "", [], false, null];
  }

  /** Where a message says what is looked for in its chat. */
  marksOf(message: Message): readonly Mark[] {
    if (message.conversation_id !== this.chatId || message.deleted_at) return [];
    return this.hits.find((one) => one.message.seq === message.seq)?.marks ?? [];
  }
}

export const search = new Search();
