/** Random talks over a bad connection: after its catch-up a client shows what a client that has just come shows. */
import { expect, test } from "vitest";
import type { Changes, History, Message, Opened, Row, Rows, ServerFrame, Standing } from "../protocol/wire.ts";
import { apply, empty, listed, shown, type Event, type State } from "./chats.ts";
import { card, dialogWith } from "./played-people.ts";
import { awaitsAnswer, EVERYTHING, isNarrowed, isOldestFirst, isWithin, narrowed, type Choice } from "./filters.ts";

const ME = "me";
const PAGE = 4;
const CHANGES = 30;
const STANDING: Standing = { is_open: true, reason: null, because: null, rule: null, remedy: null, course: null };

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Mark {
  ownRev: number;
  isHidden: boolean;
}

/** One dialog of mine, as the server keeps it. */
class Dialog {
  messages: Message[] = [];
  marks = new Map<number, Mark>();
  rev = 0;
  ownRev = 0;
  readSeq = 0;
  unreadFrom: number | null = null;
  otherReadSeq = 0;
  clearedSeq = 0;
  place: number | null = null;

  constructor(readonly id: string) {}

  get lastSeq(): number {
    return this.messages.length;
  }

  seen(): Message[] {
    return this.messages.filter((one) => one.seq > this.clearedSeq && !this.marks.get(one.seq)?.isHidden);
  }

  row(): Row {
    const seen = this.seen();
    return {
      conversation_id: this.id,
      ...dialogWith(card(`with-${this.id}`, { name: this.id }), this.otherReadSeq),
      question: null,
      last_message: seen.at(-1) ?? null,
      unread: seen.filter(
        (one) => (one.seq > this.readSeq || one.seq >= (this.unreadFrom ?? Infinity)) && one.sender_id !== ME && !one.deleted_at,
      ).length,
      place: this.place,
      rev: this.rev,
      own_rev: this.ownRev,
      last_seq: this.lastSeq,
      read_seq: this.readSeq,
      muted: false,
      muted_until: null,
      pinned: false,
      archived: null,
      unread_from: this.unreadFrom,
    };
  }
}

/** My side of a server: what happened becomes frames, and questions are answered from what is true at that moment. */
class Server {
  dialogs = ["a", "b", "c", "d", "e", "f"].map((id) => new Dialog(id));

  post(dialog: Dialog, sender: string): ServerFrame[] {
    const ended = sender === ME ? this.mark(dialog, null) : [];
    const [seq, rev] = [dialog.lastSeq + 1, ++dialog.rev];
    const message: Message = {
      conversation_id: dialog.id,
      seq,
      rev,
      sender_id: sender,
      key: `${dialog.id}-${seq}`,
      body: `${seq}`,
      sent_at: "2026-03-02T12:00:00Z",
      course: null,
      deleted_at: null,
      reply_to: null,
      edited_at: null,
      reactions: [],
      preview: null,
    };
    dialog.messages = [...dialog.messages, message];
    const top = Math.max(0, ...this.dialogs.map((one) => one.place ?? 0));
    if (dialog.place !== top || top === 0) dialog.place = top + 1;
    return [...ended, { type: "message", message }];
  }

  read(dialog: Dialog, reader: string, seq: number): ServerFrame[] {
    const before = reader === ME ? dialog.readSeq : dialog.otherReadSeq;
    if (seq > dialog.lastSeq) return [];
    const isAgain = reader === ME && dialog.unreadFrom !== null && seq >= dialog.unreadFrom;
    const ended = isAgain ? this.mark(dialog, seq < before ? seq + 1 : null) : [];
    if (seq <= before) return ended;
    if (reader === ME) dialog.readSeq = seq;
    else dialog.otherReadSeq = seq;
    return [{ type: "read_mark", conversation_id: dialog.id, rev: ++dialog.rev, user_id: reader, read_seq: seq }, ...ended];
  }

  /** Mark unread from `seq` on what I had read, or end that. */
  mark(dialog: Dialog, seq: number | null): ServerFrame[] {
    const unreadFrom = seq && seq <= dialog.readSeq ? seq : null;
    if (unreadFrom === dialog.unreadFrom || (seq && !dialog.seen().some((one) => one.seq === seq))) return [];
    dialog.unreadFrom = unreadFrom;
    return [{ type: "unread_mark", conversation_id: dialog.id, own_rev: ++dialog.ownRev, unread_from: unreadFrom }];
  }

  hide(dialog: Dialog, seq: number, isHidden: boolean): ServerFrame[] {
    if (seq <= dialog.clearedSeq || seq > dialog.lastSeq || Boolean(dialog.marks.get(seq)?.isHidden) === isHidden) return [];
    dialog.marks.set(seq, { ownRev: ++dialog.ownRev, isHidden });
    return [{ type: "hidden", conversation_id: dialog.id, own_rev: dialog.ownRev, seq, is_hidden: isHidden }];
  }

  deleteForEveryone(dialog: Dialog, seq: number): ServerFrame[] {
    const message = dialog.messages[seq - 1];
    if (!message || message.deleted_at) return [];
    const deleted = { ...message, body: "", deleted_at: "2026-03-02T13:00:00Z", rev: ++dialog.rev };
    dialog.messages = dialog.messages.map((one) => (one.seq === seq ? deleted : one));
    return [{ type: "message", message: deleted }];
  }

  deleteChat(dialog: Dialog): ServerFrame[] {
    if (dialog.lastSeq === 0) return [];
    [dialog.clearedSeq, dialog.place, dialog.unreadFrom] = [dialog.lastSeq, null, null];
    return [{ type: "chat_deleted", conversation_id: dialog.id, own_rev: ++dialog.ownRev, cleared_seq: dialog.clearedSeq }];
  }

  page(before = Infinity): Rows {
    const all = this.dialogs.filter((one) => one.place !== null).sort((a, b) => (b.place ?? 0) - (a.place ?? 0));
    const below = all.filter((one) => (one.place ?? 0) < before);
    const shown = below.slice(0, PAGE).map((one) => one.row());
    const next = below.length > PAGE ? String(shown.at(-1)?.place) : null;
    const waiting = all.filter((one) => awaitsAnswer(one.row(), ME)).length;
    return { rows: shown, next, unread_chats: all.filter((one) => one.row().unread > 0).length, waiting_chats: waiting };
  }

  /** All that is chosen, in its order. */
  chosen(choice: Choice): Row[] {
    const all = this.dialogs.filter((one) => one.place !== null).sort((a, b) => (b.place ?? 0) - (a.place ?? 0));
    return narrowed(
      all.map((one) => one.row()),
      ME,
      choice,
    );
  }

  part(choice: Choice, behind: number | null): Rows {
    const all = this.chosen(choice);
    const rest = all.filter((row) => behind === null || (isOldestFirst(choice) ? (row.place ?? 0) > behind : (row.place ?? 0) < behind));
    const rows = rest.slice(0, 2);
    return { rows, next: rest.length > rows.length ? String(rows.at(-1)?.place) : null, unread_chats: 0, waiting_chats: null };
  }

  opened(dialog: Dialog): Opened {
    return { row: dialog.row(), standing: STANDING, history: this.history(dialog), about: null, office: null };
  }

  history(dialog: Dialog, before = Infinity): History {
    const seen = dialog.seen().filter((one) => one.seq < before);
    return { messages: seen.slice(-PAGE), older: seen.length > PAGE, newer: false };
  }

  changes(dialog: Dialog, rev: number, ownRev: number): Changes {
    const marks = [...dialog.marks].filter(([, mark]) => mark.ownRev > ownRev);
    const changed = new Set(marks.map(([seq]) => seq));
    const messages = dialog.seen().filter((one) => one.rev > rev || changed.has(one.seq));
    const hidden = marks.filter(([, mark]) => mark.isHidden).map(([seq]) => seq);
    const restored = marks.filter(([, mark]) => !mark.isHidden).map(([seq]) => seq);
    return {
      row: dialog.row(),
      standing: STANDING,
      messages,
      hidden,
      restored,
      cleared_seq: dialog.clearedSeq,
      truncated: messages.length > CHANGES,
      starred: null,
    };
  }
}

/** One client with its state; asks as the store does. */
class Client {
  state: State = empty(ME);

  constructor(readonly server: Server) {}

  dispatch(event: Event): void {
    this.state = apply(this.state, event);
  }

  dialog(id: string): Dialog {
    const found = this.server.dialogs.find((one) => one.id === id);
    if (!found) throw new Error(id);
    return found;
  }

  /** The answer is made now; it is heard when the result is called. */
  asks(question: "list" | "more" | "part" | "open" | "row" | "sync" | "older", id: string): () => void {
    const dialog = this.dialog(id);
    const row = this.state.rows[id];
    const cursor = this.state.whole.next;
    if (question === "part") return this.asksPart(this.state.part?.next ?? null);
    if (question === "list") {
      this.asksPart(null)();
      this.refreshStale();
      this.dispatch({ type: "listing" });
      return this.dispatching({ type: "rows", page: this.server.page(), isFirst: true });
    }
    if (question === "more" && cursor) {
      const dispatch = this.dispatching({ type: "rows", page: this.server.page(Number(cursor)), isFirst: false });
      return () => this.state.whole.next === cursor && dispatch();
    }
    if (question === "open") {
      const dispatch = this.dispatching({ type: "opened", opened: this.server.opened(dialog) });
      return () => (!row || this.state.rows[id]) && dispatch();
    }
    if (question === "row" && row) return this.dispatching({ type: "row", row: dialog.row() });
    if (question === "older") return this.asksOlder(dialog);
    return row && this.state.chats[id] ? this.asksChanges(dialog, row) : () => undefined;
  }

  /** The next page of what is chosen, or its first. */
  private asksPart(cursor: string | null): () => void {
    const { choice } = this.state;
    if (!isNarrowed(choice)) return () => undefined;
    const dispatch = this.dispatching({
      type: "part",
      choice,
      page: this.server.part(choice, cursor === null ? null : Number(cursor)),
      isFirst: cursor === null,
    });
    return () => (cursor === null || this.state.part?.next === cursor) && dispatch();
  }

  private asksOlder(dialog: Dialog): () => void {
    const chat = this.state.chats[dialog.id];
    const { rev = 0, own_rev: ownRev = 0 } = this.state.rows[dialog.id] ?? {};
    return chat?.older
      ? this.dispatching({
          type: "older",
          conversationId: dialog.id,
          history: this.server.history(dialog, chat.messages[0]?.seq),
          before: chat.messages[0]?.seq ?? 0,
          rev,
          ownRev,
        })
      : () => undefined;
  }

  private asksChanges(dialog: Dialog, row: Row): () => void {
    const changes = this.server.changes(dialog, row.rev, row.own_rev);
    return this.dispatching(
      changes.truncated ? { type: "opened", opened: this.server.opened(dialog) } : { type: "changes", conversationId: dialog.id, changes },
    );
  }

  private dispatching(event: Event): () => void {
    return () => this.dispatch(event);
  }

  /** Before the list: what it counts below its first page is what is known of there. */
  refreshStale(): void {
    for (const { conversationId: id } of this.state.stale) this.asks(this.state.chats[id] ? "sync" : "row", id)();
  }

  catchUp(): void {
    for (let turn = 0; this.state.isListStale || this.state.stale.length; turn += 1) {
      if (turn > 5) throw new Error("The catch-up never ends.");
      this.refreshStale();
      if (this.state.isListStale) this.asks("list", "a")();
    }
  }

  /** After a lost line. */
  resume(): void {
    for (const id of Object.keys(this.state.chats)) this.asks("sync", id)();
    this.asks("list", "a")();
    this.catchUp();
  }
}

/** What a client that has just come would see of the same chats. */
function anew(server: Server, like: Client): Client {
  const fresh = new Client(server);
  fresh.asks("list", "a")();
  for (const id of Object.keys(like.state.chats)) fresh.asks("open", id)();
  return fresh;
}

/** No frame says the order of two chats: where theirs came in another order, places may differ until the next page. */
function expectSame(client: Client, fresh: Client, isInOrder = true): void {
  const placed = (row: Row | undefined) => (row && !isInOrder ? { ...row, place: row.place !== null } : row);
  const here = listed(client.state).filter((row) => isWithin(row, client.state.whole.end, EVERYTHING));
  const there = listed(fresh.state).slice(0, isInOrder ? Math.min(here.length, PAGE) : 0);
  expect(here.slice(0, there.length)).toEqual(there);
  // Fewer than a page only where more are to come.
  expect(here.length >= PAGE || here.length === listed(fresh.state).length || client.state.whole.next !== null).toBe(true);
  expect(client.state.unreadChats).toBe(fresh.state.unreadChats);
  expect(client.state.waitingChats).toBe(fresh.state.waitingChats);
  if (isInOrder) expectPart(client);
  for (const [id, chat] of Object.entries(fresh.state.chats)) {
    const mine = client.state.chats[id];
    expect(placed(client.state.rows[id])).toEqual(placed(fresh.state.rows[id]));
    expectRun(client, id, mine?.messages ?? [], mine?.older ?? false);
    expect(Boolean(mine?.messages.length || mine?.older)).toBe(chat.messages.length > 0);
  }
}

/** The narrowed list is the server's from its beginning, without a hole; only where it is here to its end it is all. */
function expectPart({ state, server }: Client): void {
  if (!isNarrowed(state.choice)) return;
  const ids = (rows: readonly Row[]) => rows.map((row) => row.conversation_id);
  const [here, all] = [ids(shown(state)), ids(server.chosen(state.choice))];
  expect(here).toEqual(all.slice(0, here.length));
  if (state.part?.next === null) expect(here).toEqual(all);
}

/** What is loaded is everything from its first message on, without a hole, and *older* says whether there is more. */
function expectRun(client: Client, id: string, messages: readonly Message[], older: boolean): void {
  const all = client.dialog(id).seen();
  if (older) expect(messages).toEqual(all.slice(all.length - messages.length));
  else expect(messages).toEqual(all);
}

const CHOICES: Choice[] = [
  EVERYTHING,
  { ...EVERYTHING, filter: "waiting" },
  { ...EVERYTHING, filter: "waiting", order: "newest" },
  { ...EVERYTHING, filter: "unread" },
];

type Fate = "heard" | "twice" | "late" | "lost";

/** Something happens: on another device, at the other person's, or here. Its frames, and what is shown at once. */
function happen(server: Server, client: Client, roll: () => number): ServerFrame[] {
  const dialog = server.dialogs[Math.floor(roll() * server.dialogs.length)] ?? new Dialog("");
  const seq = Math.max(1, Math.ceil(roll() * dialog.lastSeq));
  const what = roll();
  const isHere = roll() < 0.5 && Boolean(client.state.chats[dialog.id]);
  if (what < 0.4) return server.post(dialog, `with-${dialog.id}`);
  if (what < 0.5) {
    const frames = server.post(dialog, ME);
    const [posted] = frames.filter((frame) => frame.type === "message");
    if (isHere && posted) client.dispatch({ type: "stored", key: posted.message.key, message: posted.message });
    return frames;
  }
  if (what < 0.6) return server.read(dialog, `with-${dialog.id}`, seq);
  if (what < 0.7) {
    if (isHere) client.dispatch({ type: "read", conversationId: dialog.id, seq: dialog.lastSeq });
    return server.read(dialog, ME, isHere ? dialog.lastSeq : seq);
  }
  if (what < 0.74) return server.mark(dialog, seq);
  if (what < 0.85) {
    const isHidden = roll() < 0.6;
    const frames = server.hide(dialog, seq, isHidden);
    const message = dialog.messages[seq - 1];
    if (isHere && frames.length && isHidden) client.dispatch({ type: "hid", conversationId: dialog.id, seq });
    // Only what stood here can be taken back here.
    const isLoaded = (client.state.chats[dialog.id]?.messages[0]?.seq ?? Infinity) < seq;
    if (isHere && frames.length && !isHidden && message && isLoaded)
      client.dispatch({ type: "restored", conversationId: dialog.id, message });
    return frames;
  }
  if (what < 0.95) return server.deleteForEveryone(dialog, seq);
  const known = client.state.rows[dialog.id];
  const frames = server.deleteChat(dialog);
  if (isHere && frames.length && known)
    client.dispatch({ type: "emptied", conversationId: dialog.id, ownRev: known.own_rev, seq: known.last_seq });
  return frames;
}

function talk(seed: number, fates: readonly Fate[]): [Server, Client] {
  const roll = dice(seed);
  const server = new Server();
  for (let before = roll() * 40; before > 0; before -= 1) happen(server, new Client(server), roll);
  const client = new Client(server);
  const choice = CHOICES[seed % CHOICES.length];
  if (choice) client.dispatch({ type: "chosen", choice });
  client.asks("list", "a")();
  const isPrompt = !fates.includes("late");
  let late: (() => void)[] = [];
  for (let turn = 0; turn < 60; turn += 1) {
    for (const frame of happen(server, client, roll)) {
      const fate = fates[Math.floor(roll() * fates.length)];
      const hear = () => client.dispatch({ type: "frame", frame });
      if (fate === "late") late.push(hear);
      else if (fate !== "lost") hear();
      if (fate === "twice") late.push(hear);
    }
    const questions = ["list", "more", "open", "open", "row", "sync", "older", "part"] as const;
    const question = questions[Math.floor(roll() * 12)];
    if (question) {
      const id = "abcdef"[Math.floor(roll() * 6)] ?? "a";
      if (question === "list") client.refreshStale();
      const answer = client.asks(question, id);
      // What is heard of a chat that is not known makes the list be asked for once more; any other answer from before it
      // would hide it for a while.
      if (isPrompt || (question !== "list" && !client.state.rows[id]) || roll() < 0.5) answer();
      else late.push(answer);
    }
    if (roll() < 0.3) late = late.sort(() => roll() - 0.5).filter((hear) => (roll() < 0.5 ? (hear(), false) : true));
    if (roll() < 0.3) client.catchUp();
  }
  for (const hear of late.sort(() => roll() - 0.5)) hear();
  return [server, client];
}

/** Seed 310 once put an older page above a chat that had been opened anew meanwhile, and left a hole. The others left a chat
 * that was open below the first page behind, or between two that had changed their order. */
const SEEDS = [...Array.from({ length: 400 }, (_, seed) => seed + 1), 2456, 5070, 7105, 8572, 8680, 9216];

/** Holds every seed to the same end; the failing one is named. */
function holds(fates: readonly Fate[], heal: (client: Client) => void, isInOrder = true): void {
  for (const seed of SEEDS) {
    const [server, client] = talk(seed, fates);
    try {
      heal(client);
      expectSame(client, anew(server, client), isInOrder);
    } catch (failure) {
      throw new Error(`Seed ${seed}`, { cause: failure });
    }
  }
}

test("what is heard in order, and once more later, is what a new client sees", () => {
  holds(["heard", "heard", "twice"], (client) => client.catchUp());
});

test("frames and answers in any order leave the same as in theirs, once the list was asked for again", () => {
  const heal = (client: Client) => {
    client.catchUp();
    client.asks("list", "a")();
    client.catchUp();
  };
  holds(["heard", "heard", "heard", "twice", "late"], heal, false);
});

test("frames that are lost are made good by the next connection", () => {
  holds(["heard", "heard", "twice", "lost", "late"], (client) => client.resume());
});

test("without a catch-up the loss shows: the test can fail", () => {
  const isSame = (seed: number) => {
    const [server, client] = talk(seed, ["heard", "lost"]);
    try {
      expectSame(client, anew(server, client));
      return true;
    } catch {
      return false;
    }
  };
  expect(SEEDS.filter(isSame).length).toBeLessThan(SEEDS.length / 4);
});
