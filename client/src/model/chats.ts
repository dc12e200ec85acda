/** What the Messages area knows, and how it changes: one pure function from state and event to state. */
import type {
  Attachment,
  Changes,
  CourseRef,
  History,
  Message,
  OfficeHours,
  Opened,
  Row,
  Rows,
  ServerFrame,
  Standing,
} from "../protocol/wire.ts";
import type { PendingFile } from "./uploads.ts";
import { isIn, withRead, withShown } from "./participants.ts";
import { quotedAfter, quotedWith, withOwnNamed, withReaction, type Quoted } from "./changes.ts";
import {
  awaitsAnswer,
  EVERYTHING,
  isArchived,
  isChosen,
  isMuted,
  isNarrowed,
  isWithin,
  narrowed,
  positionOf,
  type Choice,
} from "./filters.ts";

/** A message on its way out. `waiting` is for the network, `failed` for the person who must decide. */
export interface Pending {
  key: string;
  conversationId: string;
  /** To whom it goes while their chat has no message; null where it goes to the chat. */
  personId: string | null;
  body: string;
  course: CourseRef | null;
  /** It waits until each of them is there. */
  files?: readonly PendingFile[];
  at: string;
  status: "waiting" | "sending" | "failed";
  /** The denial's code, or a sentence, when it failed. */
  reason: string | null;
  /** The number of the message that it quotes. */
  replyTo?: number | undefined;
}

export interface Chat {
  standing: Standing;
  about: CourseRef | null;
  /** When the one other person answers, where they said so. */
  office: OfficeHours | null;
  messages: readonly Message[];
  older: boolean;
  /** There are messages behind the last one here: the chat was opened `around` an older one. New ones come with their page. */
  newer: boolean;
  around: number | null;
  /** From this seq on the others' messages were unread when the chat was opened: above the first stands *New messages*. */
  newFrom: number | null;
  /** What messages here quote and that stands elsewhere, by its number; null where I can't see it any more. What is missing was not asked for yet. */
  quoted: Quoted;
  /** The numbers of all that I starred here, also of what is not loaded. */
  starred: readonly number[];
}

/** A conversation that changed in a way only the server can tell, up to these revisions at least. */
export interface Behind {
  readonly conversationId: string;
  readonly rev: number;
  readonly ownRev: number;
}

/** How far a list is here: `next` is the cursor of its next page, null at its end; `end` is the place of its last row, null there too. */
export interface Reach {
  readonly next: string | null;
  readonly end: number | null;
}

export interface State {
  readonly me: string;
  readonly rows: Readonly<Record<string, Row>>;
  readonly chats: Readonly<Record<string, Chat>>;
  readonly outbox: readonly Pending[];
  readonly unreadChats: number;
  /** In how many chats somebody waits for my answer, those below what is here included; null where the server does not count them. */
  readonly waitingChats: number | null;
  readonly whole: Reach;
  readonly isListLoaded: boolean;
  /** What is chosen of the list, and how far that is here; null before the server answered. */
  readonly choice: Choice;
  readonly part: Reach | null;
  /** Where to ask what happened since. The row of a chat that is here moves only together with its messages. */
  readonly stale: readonly Behind[];
  /** The list itself must be asked for anew: something was heard of a chat that is not here, since it was asked for last. */
  readonly isListStale: boolean;
}

export type Event =
  | { type: "listing" }
  | { type: "rows"; page: Rows; isFirst: boolean }
  | { type: "chosen"; choice: Choice }
  | { type: "part"; choice: Choice; page: Rows; isFirst: boolean }
  | { type: "opened"; opened: Opened }
  | { type: "older"; conversationId: string; history: History; before: number; rev: number; ownRev: number }
  | { type: "newer"; conversationId: string; history: History; after: number; rev: number; ownRev: number }
  | { type: "around"; conversationId: string; history: History; seq: number; rev: number; ownRev: number }
  | { type: "changes"; conversationId: string; changes: Changes }
  | { type: "row"; row: Row }
  | { type: "frame"; frame: ServerFrame }
  | { type: "queued"; pending: Pending }
  | { type: "sending" | "waiting"; key: string }
  | { type: "failed"; key: string; reason: string }
  | { type: "uploaded"; key: string; file: string; attachment: Attachment }
  | { type: "discarded"; key: string }
  | { type: "stored"; message: Message; key: string }
  | { type: "hid"; conversationId: string; seq: number }
  | { type: "restored"; conversationId: string; message: Message }
  /** Where the message is still at this revision: what the server said since is better. */
  | { type: "reacted"; conversationId: string; seq: number; rev: number; emoji: string; isOn: boolean }
  | { type: "starred"; conversationId: string; seq: number; isOn: boolean }
  | { type: "quoted"; conversationId: string; seq: number; message: Message | null }
  | { type: "emptied"; conversationId: string; ownRev: number; seq: number }
  | { type: "read"; conversationId: string; seq: number }
  | { type: "standing"; conversationId: string; standing: Standing }
  | { type: "about"; conversationId: string; about: CourseRef | null }
  | { type: "counted"; unreadChats: number }
  | { type: "unreachable" };

const UNASKED: Reach = { next: null, end: null };

export function empty(me: string): State {
  const nothing = { rows: {}, chats: {}, outbox: [], unreadChats: 0, waitingChats: null };
  return { me, ...nothing, whole: UNASKED, isListLoaded: false, choice: EVERYTHING, part: null, stale: [], isListStale: false };
}

export function apply(state: State, event: Event): State {
  switch (event.type) {
    case "listing":
      return { ...state, isListStale: false };
    case "rows":
      return withPage(state, event.page, event.isFirst);
    case "chosen":
      return { ...state, choice: event.choice, part: null };
    case "part":
      return withPart(state, event);
    case "opened":
      return withOpened(state, event.opened);
    case "older":
      return withOlder(state, event);
    case "newer":
      return withNewer(state, event);
    case "around":
      return withAround(state, event);
    case "changes":
      return withChanges(state, event.conversationId, event.changes);
    case "row":
      return withAnswered(state, event.row);
    case "frame":
      return withFrame(state, event.frame);
    case "queued":
      return withQueued(state, event.pending);
    case "sending":
    case "waiting":
      return withPending(state, event.key, { status: event.type, reason: null });
    case "failed":
      return withPending(state, event.key, { status: "failed", reason: event.reason });
    case "uploaded":
      return withUploaded(state, event);
    case "discarded":
      return withoutPending(state, event.key);
    case "stored":
      return withMessage(withoutPending(state, event.key), event.message);
    case "hid":
      return withoutMessage(state, event.conversationId, event.seq);
    case "restored":
      return withChat(state, event.conversationId, (chat) => ({
        ...chat,
        messages: merged([event.message], chat.messages),
        quoted: quotedAfter(chat.quoted, [event.message]),
      }));
    case "reacted":
      return withOwnReaction(state, event);
    case "starred":
      return withStar(state, event.conversationId, event.seq, event.isOn);
    case "quoted":
      return withChat(state, event.conversationId, (chat) => ({ ...chat, quoted: { ...chat.quoted, [event.seq]: event.message } }));
    case "emptied":
      return withEmptied(state, event);
    case "read":
      return withOwnRead(state, event.conversationId, event.seq);
    case "standing":
      return withStanding(state, event.conversationId, event.standing);
    case "about":
      return withChat(state, event.conversationId, (chat) => ({ ...chat, about: event.about }));
    case "counted":
      return { ...state, unreadChats: event.unreadChats };
    case "unreachable":
      return { ...state, outbox: state.outbox.map((one) => (one.status === "sending" ? { ...one, status: "waiting" } : one)) };
  }
}

/** What one writes answers what was new. */
function withQueued(state: State, pending: Pending): State {
  const answered = withChat(state, pending.conversationId, withoutNew);
  return state.outbox.some((one) => one.key === pending.key) ? answered : { ...answered, outbox: [...state.outbox, pending] };
}

function withoutNew(chat: Chat): Chat {
  return { ...chat, newFrom: null };
}

function without(rows: State["rows"], forgotten: readonly Row[]): State["rows"] {
  const ids = new Set(forgotten.map((row) => row.conversation_id));
  return Object.fromEntries(Object.entries(rows).filter(([id]) => !ids.has(id)));
}

/** The first page is the list's new beginning: what was loaded below it is forgotten, except chats that are here and
 * what the narrowed list shows. */
function withPage(state: State, page: Rows, isFirst: boolean): State {
  const shown = new Set(page.rows.map((row) => row.conversation_id));
  const absent = isFirst ? Object.values(state.rows).filter((row) => !shown.has(row.conversation_id)) : [];
  const forgotten = absent.filter((row) => !state.chats[row.conversation_id] && !isInPart(state, row));
  const rows = without(state.rows, forgotten);
  let next: State = {
    ...state,
    rows,
    whole: reachOf(page),
    isListLoaded: true,
    stale: state.stale.filter((one) => rows[one.conversationId]),
  };
  for (const row of page.rows) next = withAnswered(next, row);
  const end = page.next === null ? 0 : (page.rows.at(-1)?.place ?? 0);
  // An open chat that is not on the page may have changed unheard, and so has what ought to be on it: only the server can tell.
  const isUnclear = (row: Row) => Boolean(state.chats[row.conversation_id]) || row.pinned || (row.place !== null && row.place >= end);
  next = unclear(
    next,
    absent.filter((row) => !forgotten.includes(row) && isUnclear(row)),
  );
  if (!isFirst) return next;
  // The page counts its own rows; where better ones are known, or older ones stay for now, ours are counted.
  const better = page.rows.reduce((sum, row) => sum + counted(next.rows[row.conversation_id]) - counted(row), 0);
  const waiting = page.rows.reduce(
    (sum, row) => sum + waits(state.me, next.rows[row.conversation_id]) - waits(state.me, row),
    page.waiting_chats ?? 0,
  );
  // A list that an older Hallway kept here does not say it.
  const waitingChats = typeof page.waiting_chats === "number" ? Math.max(0, waiting) : null;
  const highest = Math.max(0, ...page.rows.map((row) => row.place ?? 0));
  const isBehind = forgotten.some((row) => (row.place ?? 0) > highest);
  return { ...next, unreadChats: Math.max(0, page.unread_chats + better), waitingChats, isListStale: next.isListStale || isBehind };
}

function reachOf({ next, rows }: Rows): Reach {
  const last = rows.at(-1);
  return { next, end: next === null || !last ? null : positionOf(last) };
}

/** A page of the narrowed list. A row that ought to be on it and is not has changed unheard: only the server can tell how. */
function withPart(state: State, { choice, page, isFirst }: Extract<Event, { type: "part" }>): State {
  if (choice !== state.choice) return state;
  const before = isFirst ? null : state.part;
  let next: State = { ...state, part: reachOf(page) };
  for (const row of page.rows) next = withAnswered(next, row);
  const onPage = new Set(page.rows.map((row) => row.conversation_id));
  return unclear(
    next,
    shown(next).filter((row) => !onPage.has(row.conversation_id) && !(before && isWithin(row, before.end, choice))),
  );
}

function isInPart({ choice, part, me }: State, row: Row): boolean {
  return isNarrowed(choice) && part !== null && isChosen(row, me, choice) && isWithin(row, part.end, choice);
}

/** A row as the server gave it. What is known better stays; a chat that is here is asked for with its messages. */
function withAnswered(state: State, row: Row): State {
  const known = state.rows[row.conversation_id];
  if (isNewer(row, known) && (isOlder(row, known) || state.chats[row.conversation_id]))
    return stale(state, row.conversation_id, row.rev, row.own_rev);
  return isOlder(row, known) ? withFacts(state, row) : fresh(withRow(state, row), row);
}

/** Who the others are, and whether one is the expert still, has no revision: the row that came last counts, also where it
 * is older otherwise. */
function withFacts(state: State, row: Row): State {
  const { conversation_id: id, question } = row;
  const known = state.rows[id];
  if (!known) return state;
  const isSame = question?.course.id === known.question?.course.id && question?.expert_id === known.question?.expert_id;
  return withRow(state, { ...withShown(known, row), question: isSame ? question : known.question });
}

function withOpened(state: State, opened: Opened): State {
  const { row, standing, history, about, office, starred = [] } = opened;
  const id = row.conversation_id;
  const known = state.rows[id];
  const newFrom = unreadFrom(row);
  if (isOlder(row, known) && state.chats[id])
    return withChat(withFacts(state, row), id, (chat) => ({ ...chat, standing, about, office, newFrom }));
  const next = withRow(state, row);
  const { messages, older } = history;
  const quoted = quotedWith({}, history);
  const chat: Chat = { standing, about, office, messages, older, newer: false, around: null, newFrom, quoted, starred };
  // Whether the numbers of chats count a row that was not known yet, only the list can tell.
  const isUncounted = !known && state.isListLoaded && counted(row) + waits(state.me, row) > 0;
  const shown = { ...next, chats: { ...next.chats, [id]: chat }, isListStale: next.isListStale || isUncounted };
  return isOlder(row, known) ? stale(shown, id, known?.rev ?? 0, known?.own_rev ?? 0) : fresh(shown, row);
}

/** From which message on the others' are unread: never read, or marked so (rules §12). */
function unreadFrom(row: Row): number | null {
  return row.unread ? (row.unread_from ?? row.read_seq + 1) : null;
}

/** The page above message `before`, as it was asked for at these revisions. What was deleted since must not come back
 * with it, and where the chat begins elsewhere by now it would leave a hole. */
function withOlder(state: State, { conversationId: id, history, before, rev, ownRev }: Extract<Event, { type: "older" }>): State {
  const row = state.rows[id];
  if (row?.rev !== rev || row.own_rev !== ownRev) return state;
  return withChat(state, id, (chat) =>
    chat.older && chat.messages[0]?.seq === before
      ? { ...chat, messages: merged(history.messages, chat.messages), older: history.older, quoted: quotedWith(chat.quoted, history) }
      : chat,
  );
}

/** The page below message `after`, under the same conditions. */
function withNewer(state: State, { conversationId: id, history, after, rev, ownRev }: Extract<Event, { type: "newer" }>): State {
  const row = state.rows[id];
  if (row?.rev !== rev || row.own_rev !== ownRev) return state;
  return withChat(state, id, (chat) =>
    chat.newer && chat.messages.at(-1)?.seq === after
      ? { ...chat, messages: merged(chat.messages, history.messages), newer: history.newer, quoted: quotedWith(chat.quoted, history) }
      : chat,
  );
}

/** The messages around one take the place of those that are here. */
function withAround(state: State, { conversationId: id, history, seq, rev, ownRev }: Extract<Event, { type: "around" }>): State {
  const row = state.rows[id];
  if (row?.rev !== rev || row.own_rev !== ownRev) return state;
  const { messages, older, newer } = history;
  return withChat(state, id, (chat) => ({ ...chat, messages, older, newer, around: seq, quoted: quotedWith({}, history) }));
}

/** What was missed. An answer that is older than what was heard meanwhile holds nothing new; it may hold what is gone. */
function withChanges(state: State, id: string, changes: Changes): State {
  const known = state.rows[id];
  const { standing, row } = changes;
  if (isOlder(row, known)) {
    const next = withChat(withFacts(state, row), id, (chat) => ({ ...chat, standing }));
    return isNewer(row, known) ? stale(next, id, row.rev, row.own_rev) : next;
  }
  const hidden = new Set(changes.hidden);
  const isMarked = row.unread_from !== null && row.unread_from !== known?.unread_from;
  const next = withChat(state, id, (chat) => ({
    ...chat,
    standing,
    newFrom: isMarked ? unreadFrom(row) : chat.newFrom,
    messages: withNews(chat, changes.messages).filter((one) => one.seq > changes.cleared_seq && !hidden.has(one.seq)),
    older: chat.older && changes.cleared_seq + 1 < (chat.messages[0]?.seq ?? Infinity),
    quoted: quotedWith(chat.quoted, changes, (seq) => hidden.has(seq) || seq <= changes.cleared_seq),
    starred: changes.starred ?? chat.starred,
  }));
  return fresh(withRow(next, row), row);
}

function withFrame(state: State, frame: ServerFrame): State {
  switch (frame.type) {
    case "message":
      return withMessage(state, frame.message);
    case "read_mark":
      return withReadMark(state, frame.conversation_id, frame.rev, frame.user_id, frame.read_seq);
    case "hidden":
    case "star":
    case "unread_mark":
    case "chat_deleted":
    case "chat_moved":
      return withOwn(state, frame);
    case "member_settings": {
      const row = state.rows[frame.conversation_id];
      return row ? withRow(state, { ...row, muted: frame.muted, muted_until: frame.muted_until }) : state;
    }
    case "profile":
      return unclear(
        state,
        Object.values(state.rows).filter((row) => isIn(frame.user_id, row)),
      );
    default:
      // Answers, what the stores hear, and what only a newer server says; the test of the golden frames knows every kind.
      return state;
  }
}

/** A message as it is now: new, edited, reacted to, or deleted for everyone; then it may be one that I deleted from my copy before.
 * A gap in `rev` means that something else was missed. */
function withMessage(state: State, message: Message): State {
  const id = message.conversation_id;
  const row = state.rows[id];
  const sent = message.sender_id === state.me ? withoutPending(state, message.key) : state;
  if (!row) return { ...sent, isListStale: true };
  if (message.rev <= row.rev) return sent;
  const isNew = message.seq > row.last_seq;
  const next = withChat(sent, id, (chat) => ({
    ...chat,
    messages: isNew || isHere(chat, message) ? withNews(chat, [withOwnNamed(state.me, message, chat.messages)]) : chat.messages,
    quoted: chat.quoted[message.seq] ? quotedAfter(chat.quoted, [message]) : chat.quoted,
  }));
  if (message.rev > row.rev + 1) return stale(next, id, message.rev, 0);
  if (isNew) return posted(next, row, message);
  const last_message = row.last_message?.seq === message.seq ? message : row.last_message;
  if (!message.deleted_at) return withRow(next, { ...row, rev: message.rev, last_message });
  return stale(withRow(next, { ...row, rev: message.rev }), id, message.rev, 0);
}

function isHere(chat: Chat, message: Message): boolean {
  return chat.messages.some((one) => one.seq === message.seq);
}

/** I have just reacted, or taken it back: shown at once, before the server says so, and taken back in the same way. */
function withOwnReaction(state: State, { conversationId, seq, rev, emoji, isOn }: Extract<Event, { type: "reacted" }>): State {
  return withChat(state, conversationId, (chat) => ({
    ...chat,
    messages: chat.messages.map((one) => (one.seq === seq && one.rev === rev ? withReaction(one, state.me, emoji, isOn) : one)),
  }));
}

function posted(state: State, row: Row, message: Message): State {
  const isMine = message.sender_id === state.me;
  const { course } = message;
  // A question goes to one person alone.
  const expert = isMine ? row.participants[0]?.person.id : state.me;
  const question = course && expert ? { course, expert_id: expert, is_expert: true } : row.question;
  const asked = course ? withChat(state, row.conversation_id, (chat) => ({ ...chat, standing: { ...chat.standing, course } })) : state;
  return withRow(isMine ? withChat(asked, row.conversation_id, withoutNew) : asked, {
    ...row,
    question,
    last_message: message,
    last_seq: message.seq,
    rev: message.rev,
    unread: row.unread + (isMine ? 0 : 1),
    ...risen(state, row, message),
  });
}

/** On top of the list; while it is muted, an archived chat stays in the archive. */
function risen(state: State, row: Row, message: Message): Pick<Row, "place" | "archived"> {
  const position = positionOf(row) === top(state) ? top(state) : top(state) + 1;
  const stays = isArchived(row) && isMuted(row, Date.parse(message.sent_at));
  return stays ? { place: null, archived: position } : { place: position, archived: null };
}

const NOTHING_UNREAD = { unread: 0, unread_from: null };

function withReadMark(state: State, id: string, rev: number, reader: string, seq: number): State {
  const row = state.rows[id];
  if (!row) return reader === state.me ? { ...state, isListStale: true } : state;
  if (rev <= row.rev) return state;
  if (rev > row.rev + 1) return stale(state, id, rev, 0);
  if (reader !== state.me) return withRow(state, { ...withRead(row, reader, seq), rev });
  const next = withRow(state, { ...row, rev, read_seq: seq, ...(seq >= row.last_seq && NOTHING_UNREAD) });
  return seq >= row.last_seq ? next : stale(next, id, rev, 0);
}

/** I have just read: shown at once, before the server says so. */
function withOwnRead(state: State, id: string, seq: number): State {
  const row = state.rows[id];
  return row ? withRow(state, { ...row, read_seq: Math.max(row.read_seq, seq), ...(seq >= row.last_seq && NOTHING_UNREAD) }) : state;
}

function withoutMessage(state: State, id: string, seq: number): State {
  const next = withChat(state, id, (chat) => ({
    ...chat,
    messages: chat.messages.filter((one) => one.seq !== seq),
    quoted: { ...chat.quoted, [seq]: null },
  }));
  const row = next.rows[id];
  const chat = next.chats[id];
  if (row?.last_message?.seq === seq && chat?.newer) return stale(next, id, 0, row.own_rev + 1);
  return row?.last_message?.seq === seq && chat ? withRow(next, { ...row, last_message: chat.messages.at(-1) ?? null }) : next;
}

/** I have just deleted the chat, when `seq` was its last message: gone at once, unless more happened in it meanwhile. */
function withEmptied(state: State, { conversationId: id, ownRev, seq }: Extract<Event, { type: "emptied" }>): State {
  const row = state.rows[id];
  return row?.own_rev === ownRev && row.last_seq === seq ? withCleared(state, row, seq) : state;
}

/** A chat without a message that may not be started: the server has no row of it, so its refusal is all there is to learn. */
function withStanding(state: State, id: string, standing: Standing): State {
  const row = state.rows[id];
  const next = withChat(state, id, (chat) => ({ ...chat, standing }));
  return row ? fresh(next, row) : next;
}

/** What I did with my side. What is left of it only the server can tell, unless I deleted the chat and all that is known of it. */
function withOwn(
  state: State,
  frame: Extract<ServerFrame, { type: "hidden" | "star" | "unread_mark" | "chat_deleted" | "chat_moved" }>,
): State {
  const { conversation_id: id, own_rev } = frame;
  const row = state.rows[id];
  if (!row) return { ...state, isListStale: true };
  if (own_rev <= row.own_rev) return state;
  if (frame.type === "chat_deleted" && row.last_seq === frame.cleared_seq) return withCleared(state, { ...row, own_rev }, row.last_seq);
  if (frame.type === "star" && own_rev === row.own_rev + 1)
    return withRow(withStar(state, id, frame.seq, frame.is_starred), { ...row, own_rev });
  return stale(frame.type === "hidden" && frame.is_hidden ? withoutMessage(state, id, frame.seq) : state, id, 0, own_rev);
}

function withStar(state: State, id: string, seq: number, isOn: boolean): State {
  return withChat(state, id, (chat) => ({ ...chat, starred: [...chat.starred.filter((one) => one !== seq), ...(isOn ? [seq] : [])] }));
}

function withCleared(state: State, row: Row, seq: number): State {
  const next = withChat(state, row.conversation_id, (chat) => ({
    ...chat,
    older: false,
    newer: false,
    newFrom: null,
    messages: chat.messages.filter((one) => one.seq > seq),
    quoted: {},
  }));
  return withRow(next, { ...row, ...NOTHING_UNREAD, last_message: null, place: null, pinned: false, archived: null });
}

function withRow(state: State, row: Row): State {
  const before = state.rows[row.conversation_id];
  const unreadChats = Math.max(0, state.unreadChats + (before ? counted(row) - counted(before) : 0));
  const waitingChats =
    state.waitingChats === null || !before
      ? state.waitingChats
      : Math.max(0, state.waitingChats + waits(state.me, row) - waits(state.me, before));
  return { ...state, rows: { ...state.rows, [row.conversation_id]: row }, unreadChats, waitingChats };
}

/** What a row adds to the number of unread chats. */
function counted(row: Row | undefined): number {
  return row && row.place !== null && row.unread > 0 ? 1 : 0;
}

/** What a row adds to the number of those who wait for my answer. */
function waits(me: string, row: Row | undefined): number {
  return row && row.place !== null && awaitsAnswer(row, me) ? 1 : 0;
}

function withChat(state: State, id: string, change: (chat: Chat) => Chat): State {
  const chat = state.chats[id];
  return chat ? { ...state, chats: { ...state.chats, [id]: change(chat) } } : state;
}

function withPending(state: State, key: string, change: Partial<Pending>): State {
  return { ...state, outbox: state.outbox.map((one) => (one.key === key ? { ...one, ...change } : one)) };
}

function withUploaded(state: State, { key, file, attachment }: Extract<Event, { type: "uploaded" }>): State {
  const files = state.outbox.find((one) => one.key === key)?.files ?? [];
  return withPending(state, key, { files: files.map((one) => (one.key === file ? { ...one, attachment } : one)) });
}

/** Whether all its files are there. */
export function isComplete(pending: Pending): boolean {
  return (pending.files ?? []).every((one) => one.attachment);
}

function withoutPending(state: State, key: string): State {
  return { ...state, outbox: state.outbox.filter((one) => one.key !== key) };
}

function stale(state: State, id: string, rev: number, ownRev: number): State {
  const known = state.stale.find((one) => one.conversationId === id);
  if (known && known.rev >= rev && known.ownRev >= ownRev) return state;
  const behind = { conversationId: id, rev: Math.max(rev, known?.rev ?? 0), ownRev: Math.max(ownRev, known?.ownRev ?? 0) };
  return { ...state, stale: [...state.stale.filter((one) => one !== known), behind] };
}

/** Only the server can tell how these are now. */
function unclear(state: State, rows: readonly Row[]): State {
  return rows.reduce((next, row) => stale(next, row.conversation_id, 0, 0), state);
}

/** An answer that is older than what was heard meanwhile leaves the conversation stale. */
function fresh(state: State, row: Row): State {
  return {
    ...state,
    stale: state.stale.filter((one) => one.conversationId !== row.conversation_id || one.rev > row.rev || one.ownRev > row.own_rev),
  };
}

function isOlder(row: Row, known: Row | undefined): boolean {
  return known !== undefined && (row.rev < known.rev || row.own_rev < known.own_rev);
}

function isNewer(row: Row, known: Row | undefined): boolean {
  return known !== undefined && (row.rev > known.rev || row.own_rev > known.own_rev);
}

/** A chat's messages with changed ones; those above and below what is loaded come with their page, not as an island. */
function withNews(chat: Chat, news: readonly Message[]): Message[] {
  const first = chat.older ? (chat.messages[0]?.seq ?? 0) : 0;
  const last = chat.newer ? (chat.messages.at(-1)?.seq ?? 0) : Infinity;
  return merged(chat.messages, inOrder(news.filter((one) => one.seq >= first && one.seq <= last)));
}

/** Two runs of messages as one, by seq; of two with the same seq the later revision stays. */
function merged(some: readonly Message[], others: readonly Message[]): Message[] {
  // A page above, a message below: most runs do not meet, and a long history need not be sorted again.
  if ((some.at(-1)?.seq ?? 0) < (others[0]?.seq ?? Infinity)) return [...some, ...others];
  const bySeq = new Map<number, Message>();
  for (const one of [...some, ...others]) {
    const known = bySeq.get(one.seq);
    if (!known || known.rev <= one.rev) bySeq.set(one.seq, one);
  }
  return inOrder([...bySeq.values()]);
}

function inOrder(messages: Message[]): Message[] {
  return messages.sort((a, b) => a.seq - b.seq);
}

function top(state: State): number {
  return Math.max(0, ...Object.values(state.rows).map((row) => positionOf(row) ?? 0));
}

/** The list from the top: what is pinned stands above the others. */
export function listed(state: State): Row[] {
  const rows = ordered(state).filter((row) => row.place !== null);
  return [...rows.filter((row) => row.pinned), ...rows.filter((row) => !row.pinned)];
}

/** List and archive, each in its order. */
function ordered(state: State): Row[] {
  return Object.values(state.rows)
    .filter((row) => positionOf(row) !== null)
    .sort((a, b) => (positionOf(b) ?? 0) - (positionOf(a) ?? 0));
}

/** The list as it was chosen, without a gap: as far as its pages are here, and a chat that is open. */
export function shown(state: State): Row[] {
  const { choice, part, whole, me, chats } = state;
  if (!isNarrowed(choice))
    return listed(state).filter((row) => row.pinned || isWithin(row, whole.end, choice) || chats[row.conversation_id]);
  return narrowed(ordered(state), me, choice).filter((row) => isWithin(row, part?.end ?? null, choice));
}

/** What waits in one chat, in the order of writing. */
export function pendingIn(state: State, conversationId: string): Pending[] {
  const stored = new Set(state.chats[conversationId]?.messages.filter((one) => one.sender_id === state.me).map((one) => one.key));
  return state.outbox.filter((one) => one.conversationId === conversationId && !stored.has(one.key));
}

/** Whether it is one of the others to whom the chat's question went, as its expert. */
export function isWithExpert(row: Row): boolean {
  return row.question !== null && isIn(row.question.expert_id, row);
}
