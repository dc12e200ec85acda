import { describe, expect, test } from "vitest";
import type { Changes, CourseRef, Message, Opened, Row, Rows, ServerFrame, Standing } from "../protocol/wire.ts";
import { apply, empty, isWithExpert, listed, pendingIn, type Event, type Pending, type State } from "./chats.ts";
import { card, dialogWith, groupOf } from "./played-people.ts";

const ME = "me";
const COURSE: CourseRef = { id: "drill", title: "Fire drill" };
const OPEN: Standing = { is_open: true, reason: null, because: null, rule: null, remedy: null, course: null };
const CLOSED: Standing = { ...OPEN, is_open: false, reason: "other_removed" };

function message(seq: number, more: Partial<Message> = {}): Message {
  return {
    conversation_id: "c",
    seq,
    rev: seq,
    sender_id: "eva",
    key: `key-${seq}`,
    body: `Text ${seq}`,
    sent_at: "2026-03-02T12:00:00Z",
    course: null,
    deleted_at: null,
    reply_to: null,
    edited_at: null,
    reactions: [],
    preview: null,
    ...more,
  };
}

/** A chat with `last` messages of Eva's, all read, as the server answers it. */
function row(last: number, more: Partial<Row> = {}): Row {
  const last_message = last ? message(last) : null;
  return {
    conversation_id: "c",
    ...dialogWith(card("eva")),
    question: null,
    last_message,
    unread: 0,
    place: last ? 1 : null,
    rev: last,
    own_rev: 0,
    last_seq: last,
    read_seq: last,
    muted: false,
    muted_until: null,
    pinned: false,
    archived: null,
    unread_from: null,
    ...more,
  };
}

function opened(last: number, more: Partial<Row> = {}, from = 1): Opened {
  const messages = Array.from({ length: last - from + 1 }, (_, at) => message(from + at));
  return { row: row(last, more), standing: OPEN, history: { messages, older: from > 1, newer: false }, about: null, office: null };
}

function pending(key: string, more: Partial<Pending> = {}): Pending {
  return {
    key,
    conversationId: "c",
    personId: "eva",
    body: key,
    course: null,
    at: "2026-03-02T12:00:00Z",
    status: "waiting",
    reason: null,
    ...more,
  };
}

function changes(more: Partial<Changes> & { row: Row }): Changes {
  return { standing: OPEN, messages: [], hidden: [], restored: [], cleared_seq: 0, truncated: false, starred: null, ...more };
}

function applied(state: State, ...events: Event[]): State {
  return events.reduce(apply, state);
}

function heard(state: State, ...frames: ServerFrame[]): State {
  return applied(state, ...frames.map((frame): Event => ({ type: "frame", frame })));
}

const says = (one: Message): ServerFrame => ({ type: "message", message: one });
const reads = (user_id: string, rev: number, read_seq: number): ServerFrame => ({
  type: "read_mark",
  conversation_id: "c",
  rev,
  user_id,
  read_seq,
});
const hides = (own_rev: number, seq: number, is_hidden = true): ServerFrame => ({
  type: "hidden",
  conversation_id: "c",
  own_rev,
  seq,
  is_hidden,
});
const empties = (own_rev: number, cleared_seq: number): ServerFrame => ({
  type: "chat_deleted",
  conversation_id: "c",
  own_rev,
  cleared_seq,
});
const seqs = (state: State): number[] => state.chats["c"]?.messages.map((one) => one.seq) ?? [];
const behind = (state: State): string[] => state.stale.map((one) => one.conversationId);

const START = empty(ME);
const THREE = applied(START, { type: "opened", opened: opened(3) });
const LISTED = applied(START, { type: "rows", page: { rows: [row(3)], next: null, unread_chats: 0, waiting_chats: null }, isFirst: true });

describe("a message", () => {
  test("that follows is shown, counted, and its chat goes on top", () => {
    const other = row(1, { conversation_id: "other", place: 9 });
    const state = heard(applied(THREE, { type: "row", row: other }), says(message(4)));
    expect(seqs(state)).toEqual([1, 2, 3, 4]);
    expect(state.rows["c"]).toMatchObject({ unread: 1, last_seq: 4, rev: 4, place: 10, last_message: { seq: 4 } });
    expect(listed(state).map((one) => one.conversation_id)).toEqual(["c", "other"]);
    expect(state.unreadChats).toBe(1);
    expect(state.stale).toEqual([]);
  });

  test("of my own is not unread", () => {
    const state = heard(THREE, says(message(4, { sender_id: ME })));
    expect(state.rows["c"]).toMatchObject({ unread: 0, last_seq: 4 });
    expect(state.unreadChats).toBe(0);
  });

  test("heard twice changes nothing", () => {
    const once = heard(THREE, says(message(4)));
    expect(heard(once, says(message(4)))).toEqual(once);
  });

  test("behind a gap in rev makes the chat stale, one without a gap does not", () => {
    expect(behind(heard(THREE, says(message(4, { rev: 4 }))))).toEqual([]);
    const state = heard(THREE, says(message(4, { rev: 5 })));
    expect(state.stale).toEqual([{ conversationId: "c", rev: 5, ownRev: 0 }]);
    expect(state.rows["c"]?.rev).toBe(3);
    expect(seqs(state)).toEqual([1, 2, 3, 4]);
  });

  test("of a chat that is not known makes the list stale", () => {
    expect(heard(START, says(message(1))).isListStale).toBe(true);
    expect(heard(THREE, says(message(4))).isListStale).toBe(false);
  });

  test("of an unknown chat, heard while the list is on its way, asks for it once more", () => {
    const asked = applied(heard(START, says(message(1))), { type: "listing" });
    const page = { rows: [row(1)], next: null, unread_chats: 1, waiting_chats: null };
    expect(applied(asked, { type: "rows", page, isFirst: true }).isListStale).toBe(false);
    expect(applied(heard(asked, says(message(2))), { type: "rows", page, isFirst: true }).isListStale).toBe(true);
  });

  test("keeps counting places as the server does: the chat that is on top already stays there", () => {
    const b = row(1, { conversation_id: "b", place: 2 });
    const start = applied(START, {
      type: "rows",
      page: { rows: [b, row(3)], next: null, unread_chats: 0, waiting_chats: null },
      isFirst: true,
    });
    const twice = heard(start, says(message(2, { conversation_id: "b" })), says(message(3, { conversation_id: "b" })), says(message(4)));
    const refreshed = applied(twice, { type: "row", row: row(3, { conversation_id: "b", place: 2 }) });
    expect(listed(refreshed).map((one) => [one.conversation_id, one.place])).toEqual([
      ["c", 3],
      ["b", 2],
    ]);
  });

  test("about a course says who is its expert", () => {
    const asked = heard(THREE, says(message(4, { sender_id: ME, course: COURSE }))).rows["c"];
    expect(asked?.question).toEqual({ course: COURSE, expert_id: "eva", is_expert: true });
    expect(asked && isWithExpert(asked)).toBe(true);
    const iAmAsked = heard(THREE, says(message(4, { course: COURSE }))).rows["c"];
    expect(iAmAsked?.question).toEqual({ course: COURSE, expert_id: ME, is_expert: true });
    expect(iAmAsked && isWithExpert(iAmAsked)).toBe(false);
    expect(heard(THREE, says(message(4))).rows["c"]?.question).toBe(null);
    expect(heard(THREE, says(message(4, { course: COURSE }))).chats["c"]?.standing).toEqual({ ...OPEN, course: COURSE });
  });
});

test("whether the expert still is one is taken from an answer that is older otherwise, for the same question", () => {
  const question = { course: COURSE, expert_id: "eva", is_expert: true };
  const asked = heard(applied(START, { type: "opened", opened: opened(3, { question }) }), says(message(4)));
  const later = (more: Partial<typeof question>) =>
    applied(asked, { type: "row", row: row(3, { question: { ...question, ...more } }) }).rows["c"]?.question?.is_expert;
  expect(later({ is_expert: false })).toBe(false);
  expect(later({ is_expert: false, course: { id: "keys", title: "Keys" } })).toBe(true);
});

test("the course that the next message is about can be chosen and taken away", () => {
  const chosen = applied(THREE, { type: "about", conversationId: "c", about: COURSE });
  expect(chosen.chats["c"]?.about).toEqual(COURSE);
  expect(applied(chosen, { type: "about", conversationId: "c", about: null }).chats["c"]?.about).toBe(null);
});

test("the other person is taken from an answer that is older otherwise", () => {
  const later = heard(THREE, says(message(4)));
  const shown = dialogWith(card("eva", { state: "inactive", photo: "2" }));
  const older = row(3, shown);
  for (const answer of [
    { type: "row", row: older },
    { type: "changes", conversationId: "c", changes: changes({ row: older }) },
    { type: "opened", opened: { ...opened(3), row: older } },
  ] as const) {
    expect(applied(later, answer).rows["c"]).toEqual({ ...later.rows["c"], ...shown });
  }
});

describe("deleted for everyone", () => {
  const gone = message(2, { rev: 4, body: "", deleted_at: "2026-03-02T13:00:00Z" });

  test("stays in its place without its text, and the row is asked for", () => {
    const state = heard(THREE, says(gone));
    expect(state.chats["c"]?.messages[1]).toEqual(gone);
    expect(state.rows["c"]).toMatchObject({ rev: 4, last_seq: 3, unread: 0 });
    expect(behind(state)).toEqual(["c"]);
  });

  test("does not bring back what I deleted from my copy", () => {
    const hidden = applied(THREE, { type: "hid", conversationId: "c", seq: 2 });
    expect(seqs(heard(hidden, says(gone)))).toEqual([1, 3]);
    const emptied = heard(THREE, empties(1, 3));
    expect(seqs(heard(emptied, says(gone)))).toEqual([]);
  });

  test("of a page that is not loaded is no island in the history", () => {
    const late = applied(START, { type: "opened", opened: opened(60, {}, 11) });
    const old = { ...gone, rev: 61 };
    expect(seqs(heard(late, says(old)))[0]).toBe(11);
    const caught = applied(late, {
      type: "changes",
      conversationId: "c",
      changes: changes({ row: row(60, { rev: 61 }), messages: [old] }),
    });
    expect(seqs(caught)[0]).toBe(11);
    const page = { messages: Array.from({ length: 10 }, (_, at) => (at === 1 ? old : message(at + 1))), older: false, newer: false };
    const whole = applied(caught, { type: "older", conversationId: "c", history: page, before: 11, rev: 61, ownRev: 0 });
    expect(seqs(whole)).toEqual(Array.from({ length: 60 }, (_, at) => at + 1));
    expect(whole.chats["c"]?.messages[1]?.deleted_at).not.toBe(null);
  });
});

describe("reading", () => {
  const unread = applied(START, { type: "opened", opened: opened(3, { unread: 2, read_seq: 1 }) });
  const counting = applied(unread, { type: "counted", unreadChats: 1 });

  test("marks where it stopped when the chat was opened", () => {
    expect(unread.chats["c"]?.newFrom).toBe(2);
    expect(THREE.chats["c"]?.newFrom).toBe(null);
    const deep = opened(90, { unread: 80, read_seq: 10 }, 41);
    expect(applied(START, { type: "opened", opened: deep }).chats["c"]?.newFrom).toBe(11);
  });

  test("answering takes the mark away, here and on another device; what the other says leaves it", () => {
    expect(applied(unread, { type: "queued", pending: pending("k") }).chats["c"]?.newFrom).toBe(null);
    expect(heard(unread, says(message(4, { sender_id: ME }))).chats["c"]?.newFrom).toBe(null);
    expect(heard(unread, says(message(4))).chats["c"]?.newFrom).toBe(2);
  });

  test("what I mark unread, on whichever device, begins with a mark there, until I read to the end", () => {
    const heardOf = heard(THREE, { type: "unread_mark", conversation_id: "c", own_rev: 1, unread_from: 2 });
    expect(behind(heardOf)).toEqual(["c"]);
    const marked = applied(heardOf, {
      type: "changes",
      conversationId: "c",
      changes: changes({ row: row(3, { own_rev: 1, unread: 2, unread_from: 2 }) }),
    });
    expect([marked.chats["c"]?.newFrom, marked.unreadChats, behind(marked)]).toEqual([2, 1, []]);
    const again = applied(marked, { type: "read", conversationId: "c", seq: 3 });
    expect(again.rows["c"]).toMatchObject({ unread: 0, unread_from: null, read_seq: 3 });
    expect([again.chats["c"]?.newFrom, again.unreadChats]).toEqual([2, 0]);
    expect(heard(again, { type: "unread_mark", conversation_id: "c", own_rev: 1, unread_from: 2 })).toBe(again);
  });

  test("of mine shows at once", () => {
    const state = applied(counting, { type: "read", conversationId: "c", seq: 3 });
    expect(state.rows["c"]).toMatchObject({ unread: 0, read_seq: 3, rev: 3 });
    expect(state.unreadChats).toBe(0);
    expect(applied(counting, { type: "read", conversationId: "elsewhere", seq: 3 })).toEqual(counting);
  });

  test("on another device takes the badge", () => {
    const state = heard(counting, reads(ME, 4, 3));
    expect(state.rows["c"]).toMatchObject({ unread: 0, read_seq: 3, rev: 4 });
    expect(state.unreadChats).toBe(0);
    expect(state.stale).toEqual([]);
  });

  test("on another device half of it asks how many are left", () => {
    const state = heard(counting, reads(ME, 4, 2));
    expect(state.rows["c"]).toMatchObject({ unread: 2, read_seq: 2, rev: 4 });
    expect(behind(state)).toEqual(["c"]);
  });

  test("by the other person changes theirs alone", () => {
    const state = heard(counting, reads("eva", 4, 3));
    expect(state.rows["c"]).toMatchObject({
      ...dialogWith(card("eva"), 3),
      muted: false,
      muted_until: null,
      pinned: false,
      archived: null,
      unread: 2,
      read_seq: 1,
    });
    expect(state.unreadChats).toBe(1);
  });

  test("with a gap is asked for, twice changes nothing, unknown of mine asks for the list", () => {
    expect(behind(heard(counting, reads("eva", 5, 3)))).toEqual(["c"]);
    const once = heard(counting, reads("eva", 4, 3));
    expect(heard(once, reads("eva", 4, 3))).toBe(once);
    expect(heard(START, reads(ME, 4, 3)).isListStale).toBe(true);
    expect(heard(START, reads("eva", 4, 3))).toBe(START);
  });
});

describe("deleting my copy", () => {
  test("takes the message at once, and the row shows the one before", () => {
    const state = applied(THREE, { type: "hid", conversationId: "c", seq: 3 });
    expect(seqs(state)).toEqual([1, 2]);
    expect(state.rows["c"]?.last_message?.seq).toBe(2);
    expect(applied(THREE, { type: "hid", conversationId: "c", seq: 1 }).rows["c"]?.last_message?.seq).toBe(3);
  });

  test("leaves the row alone where the messages are not here", () => {
    const state = heard(LISTED, hides(1, 3));
    expect(state.rows["c"]?.last_message?.seq).toBe(3);
    expect(state.stale).toEqual([{ conversationId: "c", rev: 0, ownRev: 1 }]);
  });

  test("on another device takes it here too, and asks for the rest", () => {
    const state = heard(THREE, hides(1, 2));
    expect(seqs(state)).toEqual([1, 3]);
    expect(behind(state)).toEqual(["c"]);
    const caught = applied(state, { type: "changes", conversationId: "c", changes: changes({ row: row(3, { own_rev: 1 }), hidden: [2] }) });
    expect(caught.stale).toEqual([]);
    expect(heard(caught, hides(1, 2))).toBe(caught);
  });

  test("is taken back: here at once, from another device by asking", () => {
    const hidden = applied(THREE, { type: "hid", conversationId: "c", seq: 2 });
    expect(seqs(applied(hidden, { type: "restored", conversationId: "c", message: message(2) }))).toEqual([1, 2, 3]);
    const asking = heard(hidden, hides(2, 2, false));
    expect(seqs(asking)).toEqual([1, 3]);
    const caught = applied(asking, {
      type: "changes",
      conversationId: "c",
      changes: changes({ row: row(3, { own_rev: 2 }), messages: [message(2)], restored: [2] }),
    });
    expect(seqs(caught)).toEqual([1, 2, 3]);
  });

  test("survives the message heard once more", () => {
    const hidden = applied(THREE, { type: "hid", conversationId: "c", seq: 3 });
    expect(seqs(heard(hidden, says(message(3))))).toEqual([1, 2]);
  });

  test("of a chat that is not known asks for the list", () => {
    expect(heard(START, hides(1, 2)).isListStale).toBe(true);
    expect(heard(START, empties(1, 2)).isListStale).toBe(true);
  });
});

describe("Delete chat", () => {
  const unread = applied(LISTED, { type: "opened", opened: opened(3, { unread: 2, read_seq: 1 }) });
  const counting = applied(unread, { type: "counted", unreadChats: 1 });

  test("takes it from the list, its history and its count", () => {
    for (const state of [heard(counting, empties(1, 3)), applied(counting, { type: "emptied", conversationId: "c", ownRev: 0, seq: 3 })]) {
      expect(listed(state)).toEqual([]);
      expect(seqs(state)).toEqual([]);
      expect(state.rows["c"]).toMatchObject({ unread: 0, last_message: null, read_seq: 1, last_seq: 3 });
      expect(state.unreadChats).toBe(0);
      expect(state.chats["c"]).toMatchObject({ newFrom: null, older: false, newer: false });
    }
  });

  test("shown here and then announced by the server is done once", () => {
    const here = applied(counting, { type: "emptied", conversationId: "c", ownRev: 0, seq: 3 });
    expect(heard(here, empties(1, 3))).toEqual(heard(counting, empties(1, 3)));
  });

  test("a later message brings the dialog back with that message only", () => {
    const state = heard(counting, empties(1, 3), says(message(4)));
    expect(listed(state).map((one) => one.unread)).toEqual([1]);
    expect(seqs(state)).toEqual([4]);
    expect(state.unreadChats).toBe(1);
  });

  test("the answer that comes after a later message takes nothing of it", () => {
    const later = heard(counting, empties(1, 3), says(message(4)));
    expect(applied(later, { type: "emptied", conversationId: "c", ownRev: 0, seq: 3 })).toBe(later);
  });

  test("takes nothing that was posted while it was asked for", () => {
    const later = applied(counting, { type: "stored", key: "key-4", message: message(4, { sender_id: ME }) });
    expect(applied(later, { type: "emptied", conversationId: "c", ownRev: 0, seq: 3 })).toBe(later);
  });

  test("is forgotten with the next list, when it is not open", () => {
    const here = applied(LISTED, { type: "emptied", conversationId: "c", ownRev: 0, seq: 3 });
    const anew = applied(here, { type: "rows", page: { rows: [], next: null, unread_chats: 0, waiting_chats: null }, isFirst: true });
    expect(heard(anew, says(message(4))).isListStale).toBe(true);
  });

  test("heard of late or early asks what is left", () => {
    const late = heard(counting, says(message(4)), empties(1, 3));
    expect(behind(late)).toEqual(["c"]);
    expect(late.rows["c"]?.own_rev).toBe(0);
    expect(behind(heard(counting, empties(1, 4)))).toEqual(["c"]);
    const caught = applied(late, {
      type: "changes",
      conversationId: "c",
      changes: changes({ row: row(4, { own_rev: 1, unread: 1 }), cleared_seq: 3, messages: [message(4)] }),
    });
    expect(seqs(caught)).toEqual([4]);
    expect(caught.stale).toEqual([]);
  });

  test("an older page that was asked for before brings nothing back", () => {
    const late = applied(START, { type: "opened", opened: opened(60, {}, 11) });
    const page = { messages: [message(9), message(10)], older: true, newer: false };
    expect(seqs(applied(late, { type: "older", conversationId: "c", history: page, before: 11, rev: 60, ownRev: 0 }))[0]).toBe(9);
    expect(
      seqs(applied(heard(late, empties(1, 60)), { type: "older", conversationId: "c", history: page, before: 11, rev: 60, ownRev: 0 })),
    ).toEqual([]);
  });
});

describe("the outbox", () => {
  const queued = applied(THREE, { type: "queued", pending: pending("one") }, { type: "queued", pending: pending("two") });
  const statuses = (state: State) => state.outbox.map((one) => [one.key, one.status, one.reason]);

  test("keeps the order of writing, and nothing twice", () => {
    const again = applied(queued, { type: "queued", pending: pending("one") });
    expect(pendingIn(again, "c").map((one) => one.key)).toEqual(["one", "two"]);
    expect(pendingIn(again, "elsewhere")).toEqual([]);
  });

  test("a message is waiting, sending, failed with its reason, waiting again", () => {
    const sending = applied(queued, { type: "sending", key: "one" });
    expect(statuses(sending)).toEqual([
      ["one", "sending", null],
      ["two", "waiting", null],
    ]);
    const failed = applied(sending, { type: "failed", key: "one", reason: "too_many" });
    expect(statuses(failed)).toEqual([
      ["one", "failed", "too_many"],
      ["two", "waiting", null],
    ]);
    expect(statuses(applied(failed, { type: "waiting", key: "one" }))[0]).toEqual(["one", "waiting", null]);
    expect(statuses(applied(failed, { type: "discarded", key: "one" }))).toEqual([["two", "waiting", null]]);
  });

  test("without a network what was sending waits, what failed stays failed", () => {
    const state = applied(queued, { type: "failed", key: "one", reason: "x" }, { type: "sending", key: "two" }, { type: "unreachable" });
    expect(statuses(state)).toEqual([
      ["one", "failed", "x"],
      ["two", "waiting", null],
    ]);
  });

  test("what is stored leaves it and stands in the chat, also when a gap came before", () => {
    for (const rev of [4, 6]) {
      const state = applied(queued, { type: "stored", key: "one", message: message(4, { sender_id: ME, key: "one", rev }) });
      expect(state.outbox.map((one) => one.key)).toEqual(["two"]);
      expect(seqs(state)).toContain(4);
      expect(behind(state)).toEqual(rev === 4 ? [] : ["c"]);
    }
  });

  test("what the connection shows stored leaves it, whoever sent it: this page, or another tab", () => {
    const state = heard(queued, says(message(4, { sender_id: ME, key: "one" })));
    expect(state.outbox.map((one) => one.key)).toEqual(["two"]);
    expect(heard(queued, says(message(4, { sender_id: "eva", key: "one" }))).outbox).toHaveLength(2);
    expect(
      heard(applied(START, { type: "queued", pending: pending("one") }), says(message(4, { sender_id: ME, key: "one" }))).outbox,
    ).toEqual([]);
  });

  test("what stands in the chat already is not shown twice", () => {
    const stored = applied(START, {
      type: "opened",
      opened: { ...opened(1), history: { messages: [message(1, { sender_id: ME, key: "one" })], older: false, newer: false } },
    });
    expect(
      pendingIn(applied(stored, { type: "queued", pending: pending("one") }, { type: "queued", pending: pending("two") }), "c").map(
        (one) => one.key,
      ),
    ).toEqual(["two"]);
  });
});

describe("the list", () => {
  const page = (rows: Row[], more: Partial<Rows> = {}) =>
    ({ rows, next: null, unread_chats: 0, waiting_chats: null, ...more }) satisfies Rows;
  const named = (id: string, place: number | null, more: Partial<Row> = {}) => row(1, { conversation_id: id, place, ...more });

  test("is loaded, page by page, in the order of places", () => {
    const first = applied(START, {
      type: "rows",
      page: page([named("a", 9), named("b", 8)], { next: "8", unread_chats: 4, waiting_chats: null }),
      isFirst: true,
    });
    const second = applied(first, {
      type: "rows",
      page: page([named("d", 2), named("e", 1)], { unread_chats: 3, waiting_chats: null }),
      isFirst: false,
    });
    expect(listed(second).map((one) => one.conversation_id)).toEqual(["a", "b", "d", "e"]);
    expect([first.whole.next, second.whole.next, second.isListLoaded, START.isListLoaded]).toEqual(["8", null, true, false]);
    // A later page may be older than what was heard meanwhile: it does not count.
    expect(second.unreadChats).toBe(4);
  });

  test("a new first page drops what is below it, and what left", () => {
    const before = applied(START, { type: "rows", page: page([named("a", 9), named("b", 8), named("z", 1)]), isFirst: true });
    const after = applied(before, { type: "rows", page: page([named("a", 9)], { next: "9" }), isFirst: true });
    expect(listed(after).map((one) => one.conversation_id)).toEqual(["a"]);
    expect(Object.keys(after.rows)).toEqual(["a"]);
  });

  test("counts unread chats as the page does, and then with every frame", () => {
    const start = applied(START, {
      type: "rows",
      page: page([named("c", 9), named("b", 8, { unread: 2 })], { unread_chats: 5, waiting_chats: null }),
      isFirst: true,
    });
    const more = heard(start, says(message(2)));
    expect(more.unreadChats).toBe(6);
    expect(heard(more, says(message(3))).unreadChats).toBe(6);
    expect(heard(more, reads(ME, 3, 2)).unreadChats).toBe(5);
  });

  test("an older page does not take back what was heard since", () => {
    const later = heard(LISTED, says(message(4)));
    const state = applied(later, { type: "rows", page: page([row(3)]), isFirst: true });
    expect(state.rows["c"]).toMatchObject({ rev: 4, unread: 1 });
    expect(state.unreadChats).toBe(1);
    expect(applied(later, { type: "row", row: row(3) })).toEqual(later);
  });

  test("the row of an open chat moves only with its messages: a newer one makes it stale", () => {
    for (const event of [
      { type: "row", row: row(5) },
      { type: "rows", page: page([row(5)]), isFirst: true },
    ] as Event[]) {
      const state = applied(THREE, event);
      expect(state.rows["c"]?.rev).toBe(3);
      expect(state.stale).toEqual([{ conversationId: "c", rev: 5, ownRev: 0 }]);
      const caught = applied(state, {
        type: "changes",
        conversationId: "c",
        changes: changes({ row: row(5), messages: [message(4), message(5)] }),
      });
      expect(seqs(caught)).toEqual([1, 2, 3, 4, 5]);
      expect(caught.stale).toEqual([]);
    }
    expect(applied(LISTED, { type: "row", row: row(5) }).rows["c"]?.rev).toBe(5);
  });

  test("unread chats stay right when an open one catches up after the page", () => {
    const behindOne = applied(applied(THREE, { type: "rows", page: page([row(3)]), isFirst: true }), {
      type: "rows",
      page: page([row(4, { unread: 1 })], { unread_chats: 1, waiting_chats: null }),
      isFirst: true,
    });
    const caught = applied(behindOne, {
      type: "changes",
      conversationId: "c",
      changes: changes({ row: row(4, { unread: 1 }), messages: [message(4)] }),
    });
    expect(caught.unreadChats).toBe(1);
  });

  test("a first page from before a chat came to the top is asked for again", () => {
    const far = applied(START, { type: "rows", page: page([named("a", 9), row(3)]), isFirst: true });
    const risen = heard(far, says(message(4)));
    const old = applied(risen, { type: "rows", page: page([named("a", 9)], { next: "9" }), isFirst: true });
    expect(old.isListStale).toBe(true);
    expect(applied(far, { type: "rows", page: page([named("a", 9)], { next: "9" }), isFirst: true }).isListStale).toBe(false);
  });
});

describe("an answer", () => {
  test("to what was missed brings messages, marks, standing and the row", () => {
    const row5 = row(5, { rev: 7, own_rev: 2, unread: 1 });
    const state = applied(THREE, {
      type: "changes",
      conversationId: "c",
      changes: changes({ row: row5, standing: CLOSED, messages: [message(4), message(5, { rev: 7 })], hidden: [2], cleared_seq: 1 }),
    });
    expect(seqs(state)).toEqual([3, 4, 5]);
    expect(state.rows["c"]).toEqual(row5);
    expect(state.chats["c"]?.standing).toEqual(CLOSED);
  });

  test("that is older than what was heard while it came leaves the chat stale", () => {
    const gap = heard(THREE, says(message(6, { rev: 6 })));
    const answer = (last: number): Event => ({
      type: "changes",
      conversationId: "c",
      changes: changes({ row: row(last), messages: [message(4), message(5), message(6)].filter((one) => one.seq <= last) }),
    });
    expect(behind(applied(gap, answer(5)))).toEqual(["c"]);
    expect(behind(applied(gap, answer(6)))).toEqual([]);
    expect(seqs(applied(gap, answer(5), answer(6)))).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("that is older than the chat brings back nothing", () => {
    const hidden = applied(THREE, { type: "changes", conversationId: "c", changes: changes({ row: row(3, { own_rev: 1 }), hidden: [3] }) });
    const state = applied(hidden, {
      type: "changes",
      conversationId: "c",
      changes: changes({ row: row(3), messages: [message(3)], standing: CLOSED }),
    });
    expect(seqs(state)).toEqual([1, 2]);
    expect(state.chats["c"]?.standing).toEqual(CLOSED);
  });

  test("a chat opened from before a message that was heard asks for it", () => {
    const known = heard(LISTED, says(message(4)));
    const state = applied(known, { type: "opened", opened: opened(3) });
    expect(seqs(state)).toEqual([1, 2, 3]);
    expect(state.stale).toEqual([{ conversationId: "c", rev: 4, ownRev: 0 }]);
    expect(applied(known, { type: "opened", opened: opened(4, { unread: 1 }) }).stale).toEqual([]);
  });

  test("opened anew from before keeps what is here", () => {
    const later = heard(THREE, says(message(4)));
    const state = applied(later, { type: "opened", opened: { ...opened(3), standing: CLOSED } });
    expect(seqs(state)).toEqual([1, 2, 3, 4]);
    expect(state.chats["c"]?.standing).toEqual(CLOSED);
  });

  test("an older page goes before, unless the chat changed since it was asked for", () => {
    const late = applied(START, { type: "opened", opened: opened(60, {}, 11) });
    const older: Event = {
      type: "older",
      conversationId: "c",
      history: { messages: [message(9), message(10)], older: true, newer: false },
      before: 11,
      rev: 60,
      ownRev: 0,
    };
    expect(seqs(applied(late, older)).slice(0, 3)).toEqual([9, 10, 11]);
    expect(seqs(applied(heard(late, says(message(9, { rev: 61, body: "", deleted_at: "2026-03-02T13:00:00Z" }))), older))[0]).toBe(11);
    expect(seqs(applied(late, { type: "opened", opened: opened(60, {}, 21) }, older))[0]).toBe(21);
  });

  test("a standing changes the composer alone", () => {
    const state = applied(THREE, { type: "standing", conversationId: "c", standing: CLOSED });
    expect(state.chats["c"]).toEqual({ ...THREE.chats["c"], standing: CLOSED });
    expect(applied(THREE, { type: "standing", conversationId: "elsewhere", standing: CLOSED })).toBe(THREE);
  });

  test("of an empty chat that may not be started nothing more is asked", () => {
    const start = applied(
      START,
      { type: "opened", opened: opened(0) },
      { type: "rows", page: { rows: [], next: null, unread_chats: 0, waiting_chats: null }, isFirst: true },
    );
    expect(start.stale.map((one) => one.conversationId)).toEqual(["c"]);
    expect(applied(start, { type: "standing", conversationId: "c", standing: CLOSED }).stale).toEqual([]);
  });

  test("an empty chat holds the course to ask about, and its first message brings it into the list", () => {
    const start = applied(START, { type: "opened", opened: { ...opened(0), about: COURSE } });
    expect(start.chats["c"]?.about).toEqual(COURSE);
    expect(listed(start)).toEqual([]);
    const asked = applied(start, { type: "stored", key: "k", message: message(1, { sender_id: ME, course: COURSE }) });
    expect(listed(asked)).toHaveLength(1);
    expect(seqs(asked)).toEqual([1]);
  });
});

test("nothing that is given is changed", () => {
  const freeze = <T>(one: T): T => {
    if (one && typeof one === "object" && !Object.isFrozen(one)) Object.values(Object.freeze(one)).forEach(freeze);
    return one;
  };
  const state = freeze(applied(THREE, { type: "queued", pending: pending("one") }));
  heard(state, says(message(4)), hides(1, 2), reads(ME, 4, 3), empties(2, 3), says(message(9)));
  applied(
    state,
    { type: "rows", page: { rows: [], next: null, unread_chats: 0, waiting_chats: null }, isFirst: true },
    { type: "sending", key: "one" },
  );
});

describe("a group", () => {
  const people = [card("eva"), card("nils")];
  const group = opened(3, groupOf(people, 40));
  const state = applied(empty(ME), { type: "opened", opened: group });

  test("is read, written in and shown by the same events as a dialog", () => {
    const later = heard(state, says(message(4, { sender_id: "nils" })), reads("nils", 5, 3), reads("a stranger", 6, 2));
    expect(later.rows["c"]?.participants.map((one) => one.read_seq)).toEqual([0, 3]);
    expect(later.rows["c"]).toMatchObject({ rev: 6, unread: 1, last_seq: 4, members_count: 40, title: "eva, nils" });
    expect(behind(later)).toEqual([]);
  });

  test("is asked for when one of those shown is shown differently", () => {
    expect(behind(heard(state, { type: "profile", user_id: "nils" }))).toEqual(["c"]);
    expect(behind(heard(state, { type: "profile", user_id: "somebody" }))).toEqual([]);
  });

  test("keeps how far others have read, whoever else is in it now", () => {
    const read = heard(state, reads("nils", 4, 3));
    const now = row(3, groupOf([card("nils"), card("tomas")], 41));
    const { participants, members_count } = applied(read, { type: "row", row: now }).rows["c"] ?? row(0);
    expect(participants.map((one) => [one.person.id, one.read_seq])).toEqual([
      ["nils", 3],
      ["tomas", 0],
    ]);
    expect(members_count).toBe(41);
  });
});
