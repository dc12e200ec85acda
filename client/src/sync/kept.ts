/** Answers of the server that this browser keeps, to show them where there is no network. */
import type { State } from "../model/chats.ts";
import { keptChat, keptList } from "../model/kept.ts";
import { FIRST_PAGE, ME } from "../protocol/questions.ts";
import type { Me, Opened, Row, Rows } from "../protocol/wire.ts";
import { asFarAsPossible, within } from "./database.ts";

interface Piece {
  owner: string;
  path: string;
  answer: unknown;
}

const WHOEVER = "";
/** Counts how often everything was forgotten: what was on its way to the shelf meanwhile must not arrive. */
let forgotten = 0;

/** Where a chat is asked for, and kept. */
export function chatAt(id: string): string {
  return `/conversations/${id}`;
}

/** Who was signed in here last. */
export async function lastMe(): Promise<Me | undefined> {
  return find<Me>(WHOEVER, ME);
}

/** Keep who is signed in; what others left is taken away. */
export async function keepMe(me: Me): Promise<void> {
  const life = forgotten;
  const last = await lastMe();
  if (last && last.person.id !== me.person.id) await clear();
  await put({ owner: WHOEVER, path: ME, answer: me }, life);
}

/** Nobody is signed in any more, so nothing is left to be read. What was written and not sent is not touched. */
export async function forget(): Promise<void> {
  forgotten += 1;
  await clear();
}

async function clear(): Promise<void> {
  await asFarAsPossible(within("kept", "readwrite", (shelf) => shelf.clear()));
}

/** What one person can read without a network. */
export class Kept {
  private last: State | null = null;
  private readonly life = forgotten;

  constructor(private readonly owner: string) {}

  async list(): Promise<Rows | undefined> {
    return find<Rows>(this.owner, FIRST_PAGE);
  }

  async chat(id: string): Promise<Opened | undefined> {
    return find<Opened>(this.owner, chatAt(id));
  }

  /** Whether the chat is kept as this row tells of it. */
  async has(row: Row): Promise<boolean> {
    const kept = await this.chat(row.conversation_id);
    return kept?.row.rev === row.rev && kept.row.own_rev === row.own_rev;
  }

  async keepChat(opened: Opened): Promise<void> {
    await this.put(chatAt(opened.row.conversation_id), opened);
  }

  /** Keep what changed since it was last kept, and let go of chats that left the list's first page. */
  async keep(state: State): Promise<void> {
    const before = this.last;
    this.last = state;
    for (const id of Object.keys(state.chats)) {
      const opened = state.chats[id] === before?.chats[id] && state.rows[id] === before?.rows[id] ? null : keptChat(state, id);
      if (opened) await this.keepChat(opened);
    }
    const list = state.rows === before?.rows ? null : keptList(state);
    if (!list) return;
    await this.put(FIRST_PAGE, list);
    await this.letGo(list);
  }

  private async put(path: string, answer: Rows | Opened): Promise<void> {
    await put({ owner: this.owner, path, answer }, this.life);
  }

  private async letGo(list: Rows): Promise<void> {
    const wanted = new Set([FIRST_PAGE, ...list.rows.map((row) => chatAt(row.conversation_id))]);
    const keys = (await asFarAsPossible(within("kept", "readonly", (shelf) => shelf.getAllKeys()))) ?? [];
    const left = (keys as [string, string][]).filter(([owner, path]) => owner === this.owner && !wanted.has(path));
    for (const key of left) await asFarAsPossible(within("kept", "readwrite", (shelf) => shelf.delete(key)));
  }
}

async function find<T>(owner: string, path: string): Promise<T | undefined> {
  const piece = await asFarAsPossible(
    within<Piece | undefined>("kept", "readonly", (shelf) => shelf.get([owner, path]) as IDBRequest<Piece | undefined>),
  );
  return piece?.answer as T | undefined;
}

/** What the page holds may be watched by its views; a plain copy is kept. */
async function put(piece: Piece, life: number): Promise<void> {
  const copy = JSON.parse(JSON.stringify(piece)) as Piece;
  await asFarAsPossible(
    within<IDBValidKey | number>(
      "kept",
      "readwrite",
      (shelf) => (life === forgotten ? shelf.put(copy) : shelf.count()) as IDBRequest<IDBValidKey>,
    ),
  );
}
