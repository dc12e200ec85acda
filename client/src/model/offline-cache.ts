/** What the offline cache holds of the Messages area: as answers of the server, so that it comes back like them. */
import type { Opened, Rows } from "../protocol/wire.ts";
import { quoteOf } from "./changes.ts";
import { listed, type State } from "./chats.ts";
import { EVERYTHING, isWithin } from "./filters.ts";

/** As many as the server answers at once. */
const ROWS = 50;
const MESSAGES = 50;

/** The beginning of the list; null while it is not known. */
export function cachedList(state: State): Rows | null {
  if (!state.isListLoaded) return null;
  const rows = listed(state).filter((row) => isWithin(row, state.whole.end, EVERYTHING));
  const next = rows.length > ROWS ? null : state.whole.next;
  return { rows: rows.slice(0, ROWS), next, unread_chats: state.unreadChats, waiting_chats: state.waitingChats };
}

/** A chat with its newest messages; null while it is not here, and before it has a message. */
export function cachedChat(state: State, id: string): Opened | null {
  const [chat, row] = [state.chats[id], state.rows[id]];
  if (!chat || !row || row.last_seq === 0 || chat.newer) return null;
  const { standing, about, office, older, starred } = chat;
  const messages = chat.messages.slice(-MESSAGES);
  const wanted = [...new Set(messages.flatMap(({ reply_to }) => reply_to ?? []))].filter((seq) => !messages.some((one) => one.seq === seq));
  const quoted = wanted.flatMap((seq) => quoteOf(chat.messages, chat.quoted, seq) ?? []);
  const history = { messages, older: older || chat.messages.length > MESSAGES, newer: false, quoted };
  return { row, standing, about, office, history, starred: [...starred] };
}
