/** What the Messages area knows, and how it changes: one pure function from state and event to state. */
import type { Changes, CourseRef, History, Message, Opened, PersonCard, Row, Rows, ServerFrame, Standing } from "../protocol/wire.ts";

/** A message on its way out. `waiting` is for the network, `failed` for the person who must decide. */
export interface Pending {
  key: string;
  conversationId: string;
  personId: string;
  body: string;
  course: CourseRef | null;
  at: string;
  status: "waiting" | "sending" | "failed";
  /** The denial's code, or a sentence, when it failed. */
  reason: string | null;
}

export interface Chat {
  standing: Standing;
  about: CourseRef | null;
  messages: readonly Message[];
  older: boolean;
  /** The first message that was unread when the chat was opened: the *New messages* line stands above it. */
  newFrom: number | null;
}

export interface State {
  readonly me: string;
  readonly rows: Readonly<Record<string, Row>>;
  readonly chats: Readonly<Record<string, Chat>>;
  readonly outbox: readonly Pending[];
  readonly unreadChats: number;
  /** The cursor of the list's next page; null at its end. */
  readonly next: string | null;
  readonly isListLoaded: boolean;
  /** Conversations that changed in a way only the server can tell: ask what happened since. */
  readonly stale: readonly string[];
  /** The list itself must be asked for anew. */
  readonly isListStale: boolean;
}

export type Event =
  | { type: "rows"; page: Rows; isFirst: boolean }
  | { type: "opened"; opened: Opened }
  | { type: "older"; conversationId: string; history: History }
  | { type: "changes"; conversationId: string; changes: Changes }
  | { type: "row"; row: Row }
  | { type: "frame"; frame: ServerFrame }
  | { type: "queued"; pending: Pending }
  | { type: "sending" | "waiting"; key: string }
  | { type: "failed"; key: string; reason: string }
  | { type: "discarded"; key: string }
  | { type: "stored"; message: Message; key: string }
  | { type: "hid"; conversationId: string; seq: number }
  | { type: "restored"; conversationId: string; message: Message }
  | { type: "emptied"; conversationId: string }
  | { type: "read"; conversationId: string; seq: number }
  | { type: "standing"; conversationId: string; standing: Standing }
  | { type: "unreachable" };

export function empty(me: string): State {
  return { me, rows: {}, chats: {}, outbox: [], unreadChats: 0, next: null, isListLoaded: false, stale: [], isListStale: false };
}

export function apply(state: State, event: Event): State {
  switch (event.type) {
    case "rows":
      return withPage(state, event.page, event.isFirst);
    case "opened":
      return withOpened(state, event.opened);
    case "older":
      return withChat(state, event.conversationId, (chat) => ({
        ...chat,
        messages: merged(event.history.messages, chat.messages),
        older: event.history.older,
      }));
    case "changes":
      return withChanges(state, event.conversationId, event.changes);
    case "row":
      return fresh(withRow(state, event.row), event.row.conversation_id);
    case "frame":
      return withFrame(state, event.frame);
    case "queued":
      return { ...state, outbox: [...state.outbox, event.pending] };
    case "sending":
    case "waiting":
      return withPending(state, event.key, { status: event.type, reason: null });
    case "failed":
      return withPending(state, event.key, { status: "failed", reason: event.reason });
    case "discarded":
      return { ...state, outbox: state.outbox.filter((one) => one.key !== event.key) };
    case "stored":
      return withMessage({ ...state, outbox: state.outbox.filter((one) => one.key !== event.key) }, event.message);
    case "hid":
      return withoutMessage(state, event.conversationId, event.seq);
    case "restored":
      return withChat(state, event.conversationId, (chat) => ({ ...chat, messages: merged([event.message], chat.messages) }));
    case "emptied":
      return withEmptied(state, event.conversationId, state.rows[event.conversationId]?.last_seq ?? 0);
    case "read":
      return withOwnRead(state, event.conversationId, event.seq);
    case "standing":
      return withChat(state, event.conversationId, (chat) => ({ ...chat, standing: event.standing }));
    case "unreachable":
      return { ...state, outbox: state.outbox.map((one) => (one.status === "sending" ? { ...one, status: "waiting" } : one)) };
  }
}

function withPage(state: State, page: Rows, isFirst: boolean): State {
  const shown = new Set(page.rows.map((row) => row.conversation_id));
  const rows: Record<string, Row> = {};
  for (const [id, row] of Object.entries(state.rows)) rows[id] = isFirst && !shown.has(id) ? { ...row, place: null } : row;
  for (const row of page.rows) rows[row.conversation_id] = row;
  const behind = page.rows.filter((row) => state.chats[row.conversation_id] && row.rev > (state.rows[row.conversation_id]?.rev ?? row.rev));
  const stale = [...new Set([...state.stale, ...behind.map((row) => row.conversation_id)])];
  return { ...state, rows, stale, next: page.next, unreadChats: page.unread_chats, isListLoaded: true, isListStale: false };
}

function withOpened(state: State, opened: Opened): State {
  const { row, standing, history, about } = opened;
  const unread = history.messages.find((one) => one.seq > row.read_seq && one.sender_id !== state.me && !one.deleted_at);
  const chat: Chat = { standing, about, messages: history.messages, older: history.older, newFrom: row.unread ? (unread?.seq ?? null) : null };
  const next = withRow(state, row);
  return fresh({ ...next, chats: { ...next.chats, [row.conversation_id]: chat } }, row.conversation_id);
}

function withChanges(state: State, id: string, changes: Changes): State {
  const hidden = new Set(changes.hidden);
  const next = withChat(state, id, (chat) => ({
    ...chat,
    standing: changes.standing,
    messages: merged(chat.messages, changes.messages).filter((one) => one.seq > changes.cleared_seq && !hidden.has(one.seq)),
  }));
  return fresh(withRow(next, changes.row), id);
}

function withFrame(state: State, frame: ServerFrame): State {
  switch (frame.type) {
    case "message":
      return withMessage(state, frame.message);
    case "read_mark":
      return withReadMark(state, frame.conversation_id, frame.rev, frame.user_id, frame.read_seq);
    case "hidden": {
      const row = state.rows[frame.conversation_id];
      if (!row) return { ...state, isListStale: true };
      if (frame.own_rev <= row.own_rev) return state;
      const next = frame.is_hidden ? withoutMessage(state, frame.conversation_id, frame.seq) : state;
      return stale(next, frame.conversation_id);
    }
    case "chat_deleted":
      if (!state.rows[frame.conversation_id]) return { ...state, isListStale: true };
      return withEmptied(state, frame.conversation_id, frame.cleared_seq, frame.own_rev);
    default:
      return state;
  }
}

/** A message as it is now: new, or deleted for everyone. A gap in `rev` means that something else was missed. */
function withMessage(state: State, message: Message): State {
  const id = message.conversation_id;
  const row = state.rows[id];
  if (!row) return { ...state, isListStale: true };
  if (message.rev <= row.rev) return withChat(state, id, (chat) => ({ ...chat, messages: merged(chat.messages, [message]) }));
  if (message.rev > row.rev + 1) return stale(state, id);
  const next = withChat(state, id, (chat) => ({ ...chat, messages: merged(chat.messages, [message]) }));
  return message.seq > row.last_seq ? posted(next, row, message) : stale(withRow(next, { ...row, rev: message.rev }), id);
}

function posted(state: State, row: Row, message: Message): State {
  const isMine = message.sender_id === state.me;
  const place = row.place !== null && row.place === top(state) ? row.place : top(state) + 1;
  const question = message.course ? { course: message.course, expert_id: isMine ? row.other.id : state.me } : row.question;
  return withRow(state, {
    ...row,
    question,
    last_message: message,
    last_seq: message.seq,
    rev: message.rev,
    unread: row.unread + (isMine ? 0 : 1),
    place,
  });
}

function withReadMark(state: State, id: string, rev: number, reader: string, seq: number): State {
  const row = state.rows[id];
  if (!row) return reader === state.me ? { ...state, isListStale: true } : state;
  if (rev <= row.rev) return state;
  if (rev > row.rev + 1) return stale(state, id);
  if (reader !== state.me) return withRow(state, { ...row, rev, other_read_seq: Math.max(row.other_read_seq, seq) });
  const next = withRow(state, { ...row, rev, read_seq: seq, unread: seq >= row.last_seq ? 0 : row.unread });
  return seq >= row.last_seq ? next : stale(next, id);
}

/** I have just read: shown at once, before the server says so. */
function withOwnRead(state: State, id: string, seq: number): State {
  const row = state.rows[id];
  return row ? withRow(state, { ...row, read_seq: Math.max(row.read_seq, seq), unread: seq >= row.last_seq ? 0 : row.unread }) : state;
}

function withoutMessage(state: State, id: string, seq: number): State {
  const next = withChat(state, id, (chat) => ({ ...chat, messages: chat.messages.filter((one) => one.seq !== seq) }));
  const row = next.rows[id];
  const newest = next.chats[id]?.messages.at(-1) ?? null;
  return row?.last_message?.seq === seq ? withRow(next, { ...row, last_message: newest }) : next;
}

function withEmptied(state: State, id: string, clearedSeq: number, ownRev?: number): State {
  const row = state.rows[id];
  if (!row || (ownRev !== undefined && ownRev <= row.own_rev)) return state;
  const next = withChat(state, id, (chat) => ({ ...chat, older: false, newFrom: null, messages: chat.messages.filter((one) => one.seq > clearedSeq) }));
  return withRow(next, { ...row, own_rev: ownRev ?? row.own_rev, last_message: null, unread: 0, place: null, read_seq: Math.max(row.read_seq, clearedSeq) });
}

function withRow(state: State, row: Row): State {
  const before = state.rows[row.conversation_id];
  const counted = (one: Row | undefined) => (one && one.place !== null && one.unread > 0 ? 1 : 0);
  const unreadChats = Math.max(0, state.unreadChats + (before ? counted(row) - counted(before) : 0));
  return { ...state, rows: { ...state.rows, [row.conversation_id]: row }, unreadChats };
}

function withChat(state: State, id: string, change: (chat: Chat) => Chat): State {
  const chat = state.chats[id];
  return chat ? { ...state, chats: { ...state.chats, [id]: change(chat) } } : state;
}

function withPending(state: State, key: string, change: Partial<Pending>): State {
  return { ...state, outbox: state.outbox.map((one) => (one.key === key ? { ...one, ...change } : one)) };
}

function stale(state: State, id: string): State {
  return state.stale.includes(id) ? state : { ...state, stale: [...state.stale, id] };
}

function fresh(state: State, id: string): State {
  return { ...state, stale: state.stale.filter((one) => one !== id) };
}

/** Two runs of messages as one, by seq; of two with the same seq the later revision stays. */
function merged(some: readonly Message[], others: readonly Message[]): Message[] {
  const bySeq = new Map<number, Message>();
  for (const one of [...some, ...others]) {
    const known = bySeq.get(one.seq);
    if (!known || known.rev <= one.rev) bySeq.set(one.seq, one);
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

function top(state: State): number {
  return Math.max(0, ...Object.values(state.rows).map((row) => row.place ?? 0));
}

/** The list from the top. */
export function listed(state: State): Row[] {
  return Object.values(state.rows)
    .filter((row) => row.place !== null)
    .sort((a, b) => (b.place ?? 0) - (a.place ?? 0));
}

/** What waits in one chat, in the order of writing. */
export function pendingIn(state: State, conversationId: string): Pending[] {
  const stored = new Set(state.chats[conversationId]?.messages.filter((one) => one.sender_id === state.me).map((one) => one.key));
  return state.outbox.filter((one) => one.conversationId === conversationId && !stored.has(one.key));
}

/** Whether the other person's name stands for an expert of the dialog's course. */
export function isExpert(row: Row, person: PersonCard): boolean {
  return row.question?.expert_id === person.id;
}
