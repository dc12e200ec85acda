import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { apply, empty, type State } from "../model/chats.ts";
import { card, dialogWith } from "../model/played-people.ts";
import type { Me, Message, Opened, Row } from "../protocol/wire.ts";
import { disconnect } from "./database.ts";
import { clear, lastMe, OfflineCache, storeMe } from "./offline-cache.ts";
import { StoredOutbox } from "./outbox.ts";

function message(id: string, seq: number): Message {
  return {
    conversation_id: id,
    seq,
    rev: seq,
    sender_id: `with-${id}`,
    key: `${id}-${seq}`,
    body: `${seq}`,
    sent_at: "2026-03-02T12:00:00Z",
    course: null,
    deleted_at: null,
    reply_to: null,
    edited_at: null,
    reactions: [],
    preview: null,
  };
}

function row(id: string, last: number, more: Partial<Row> = {}): Row {
  return {
    conversation_id: id,
    ...dialogWith(card(`with-${id}`, { name: id })),
    question: null,
    last_message: message(id, last),
    unread: 0,
    place: last,
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

function opened(id: string, last: number): Opened {
  const messages = Array.from({ length: last }, (_, at) => message(id, at + 1));
  return {
    row: row(id, last),
    standing: { is_open: true, reason: null, because: null, rule: null, remedy: null, course: null },
    history: { messages, older: false, newer: false },
    about: null,
    office: null,
  };
}

function me(id: string): Me {
  return { person: { id }, csrf: `word of ${id}` } as Me;
}

function shown(...chats: Opened[]): State {
  const listed = apply(empty("lena"), {
    type: "rows",
    page: { rows: chats.map((one) => one.row), next: null, unread_chats: 0, waiting_chats: null },
    isFirst: true,
  });
  return chats.reduce((state, one) => apply(state, { type: "opened", opened: one }), listed);
}

beforeEach(() => vi.stubGlobal("indexedDB", new IDBFactory()));
afterEach(disconnect);

test("what was shown comes back as the server's answers, and leads to the same state", async () => {
  const state = shown(opened("a", 3), opened("b", 2));
  await new OfflineCache("lena").update(state);
  const later = new OfflineCache("lena");
  const [page, chat] = [await later.list(), await later.chat("a")];
  const listed = apply(empty("lena"), {
    type: "rows",
    page: page ?? { rows: [], next: null, unread_chats: 9, waiting_chats: null },
    isFirst: true,
  });
  const back = apply(listed, { type: "opened", opened: chat ?? opened("a", 1) });
  expect(back.rows).toEqual(state.rows);
  expect(back.chats["a"]).toEqual(state.chats["a"]);
});

test("of a long chat the newest messages are stored, and that there are older ones", async () => {
  const cache = new OfflineCache("lena");
  await cache.update(shown(opened("a", 70)));
  const { history } = (await cache.chat("a")) ?? opened("a", 1);
  expect([history.messages.length, history.messages.at(-1)?.seq, history.older]).toEqual([50, 70, true]);
});

test("a chat that left the list is removed, another person's is not", async () => {
  await new OfflineCache("otto").update(shown(opened("a", 1)));
  const cache = new OfflineCache("lena");
  await cache.update(shown(opened("a", 1), opened("b", 1)));
  await cache.update(shown(opened("b", 1)));
  expect([await cache.chat("a"), (await cache.chat("b"))?.row.conversation_id]).toEqual([undefined, "b"]);
  expect((await new OfflineCache("otto").chat("a"))?.row.conversation_id).toBe("a");
});

test("a list that is not known yet does not take the place of the one that is stored", async () => {
  const cache = new OfflineCache("lena");
  await cache.update(shown(opened("a", 1)));
  await cache.update(apply(empty("lena"), { type: "row", row: row("c", 1) }));
  expect((await cache.list())?.rows.map((one) => one.conversation_id)).toEqual(["a"]);
});

test("a chat is current in the revision of its row alone", async () => {
  const cache = new OfflineCache("lena");
  await cache.putChat(opened("a", 2));
  expect(
    await Promise.all([row("a", 2), row("a", 3), row("a", 2, { own_rev: 1 }), row("b", 2)].map((one) => cache.isCurrent(one))),
  ).toEqual([true, false, false, false]);
});

test("who was here last is known, until somebody else comes", async () => {
  await storeMe(me("lena"));
  await new OfflineCache("lena").putChat(opened("a", 1));
  await storeMe(me("lena"));
  expect([(await lastMe())?.csrf, (await new OfflineCache("lena").chat("a"))?.row.rev]).toEqual(["word of lena", 1]);
  await storeMe(me("otto"));
  expect([(await lastMe())?.person.id, await new OfflineCache("lena").chat("a")]).toEqual(["otto", undefined]);
});

test("what was on its way when everything was cleared does not arrive; what was written stays", async () => {
  const pending = {
    key: "k",
    conversationId: "a",
    personId: "p",
    body: "b",
    course: null,
    at: "2026",
    status: "waiting",
    reason: null,
  } as const;
  await new StoredOutbox("lena").put(pending);
  const cache = new OfflineCache("lena");
  const late = [cache.update(shown(opened("a", 1))), storeMe(me("lena"))];
  await clear();
  await Promise.all(late);
  expect([await cache.list(), await cache.chat("a"), await lastMe()]).toEqual([undefined, undefined, undefined]);
  expect(await new StoredOutbox("lena").all()).toEqual([pending]);
});

test("a browser that stores nothing is no failure", async () => {
  vi.stubGlobal("indexedDB", {
    open: () => {
      throw new DOMException("no", "SecurityError");
    },
  });
  await storeMe(me("lena"));
  await new OfflineCache("lena").update(shown(opened("a", 1)));
  expect([await lastMe(), await new OfflineCache("lena").list()]).toEqual([undefined, undefined]);
});
