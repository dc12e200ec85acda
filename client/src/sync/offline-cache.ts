/** Answers of the server that this browser stores, to show them where there is no network. */
import type { State } from "../model/chats.ts";
import { cachedChat, cachedList } from "../model/offline-cache.ts";
import { chatAt, FIRST_PAGE, ME } from "../protocol/questions.ts";
import type { Me, Opened, Row, Rows } from "../protocol/wire.ts";
import { asFarAsPossible, within, type CachedAnswer } from "./database.ts";

const ANYBODY = "";
/** Counts how often everything was cleared: what was on its way to the cache meanwhile must not arrive. */
let generation = 0;

/** The person who was signed in here last. */
export async function lastMe(): Promise<Me | undefined> {
  return find<Me>(ANYBODY, ME);
}

/** Store the person who is signed in; what others left is removed. */
export async function storeMe(me: Me): Promise<void> {
  const began = generation;
  const last = await lastMe();
  if (last && last.person.id !== me.person.id) await removeAll();
  await put({ owner: ANYBODY, path: ME, answer: me }, began);
}

/** Remove every answer: nobody is signed in any more. What was written and not sent stays. */
export async function clear(): Promise<void> {
  generation += 1;
  await removeAll();
}

async function removeAll(): Promise<void> {
  await asFarAsPossible(within("kept", "readwrite", (store) => store.clear()));
}

/** What one person can read without a network. */
export class OfflineCache {
  private last: State | null = null;
  private readonly began = generation;

  constructor(private readonly owner: string) {}

  async list(): Promise<Rows | undefined> {
    return find<Rows>(this.owner, FIRST_PAGE);
  }

  async chat(id: string): Promise<Opened | undefined> {
    return find<Opened>(this.owner, chatAt(id));
  }

  /** Whether the chat is here in the revision of its row. */
  async isCurrent(row: Row): Promise<boolean> {
    const cached = await this.chat(row.conversation_id);
    return cached?.row.rev === row.rev && cached.row.own_rev === row.own_rev;
  }

  async putChat(opened: Opened): Promise<void> {
    await this.put(chatAt(opened.row.conversation_id), opened);
  }

  /** Store what changed since the last time, and remove the chats that left the list's first page. */
  async update(state: State): Promise<void> {
    const before = this.last;
    this.last = state;
    for (const id of Object.keys(state.chats)) {
      const isSame = state.chats[id] === before?.chats[id] && state.rows[id] === before?.rows[id];
      const opened = isSame ? null : cachedChat(state, id);
      if (opened) await this.putChat(opened);
    }
    const list = state.rows === before?.rows ? null : cachedList(state);
    if (!list) return;
    await this.put(FIRST_PAGE, list);
    await this.removeOthers(list);
  }

  private async put(path: string, answer: Rows | Opened): Promise<void> {
    await put({ owner: this.owner, path, answer }, this.began);
  }

  private async removeOthers(list: Rows): Promise<void> {
    const wanted = new Set([FIRST_PAGE, ...list.rows.map((row) => chatAt(row.conversation_id))]);
    const keys = (await asFarAsPossible(within("kept", "readonly", (store) => store.getAllKeys()))) ?? [];
    const left = keys.filter(([owner, path]) => owner === this.owner && !wanted.has(path));
    for (const key of left) await asFarAsPossible(within("kept", "readwrite", (store) => store.delete(key)));
  }
}

async function find<T>(owner: string, path: string): Promise<T | undefined> {
  const cached = await asFarAsPossible(within("kept", "readonly", (store) => store.get([owner, path])));
  return cached?.answer as T | undefined;
}

/** Store a plain copy, for views may watch what the page holds; nothing once everything was cleared. */
async function put(cached: CachedAnswer, began: number): Promise<void> {
  const copy = JSON.parse(JSON.stringify(cached)) as CachedAnswer;
  await asFarAsPossible(
    within("kept", "readwrite", async (store) => {
      if (began === generation) await store.put(copy);
    }),
  );
}
