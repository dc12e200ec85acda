import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test, vi } from "vitest";
import { apply, empty, type State } from "../model/chats.ts";
import type { Me, Message, Opened, Row } from "../protocol/wire.ts";
import { forget, Kept, keepMe, lastMe } from "./kept.ts";
import { Outbox } from "./outbox.ts";

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
  };
}

function row(id: string, last: number, more: Partial<Row> = {}): Row {
  const other = { id: `with-${id}`, name: id, role: "author", state: "active", title: "", department: null, photo: null } as const;
  return {
    conversation_id: id,
    other,
    question: null,
    last_message: message(id, last),
    unread: 0,
    place: last,
    rev: last,
    own_rev: 0,
    last_seq: last,
    read_seq: last,
    other_read_seq: 0,
    muted: false,
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

test("what was shown comes back as the server's answers, and leads to the same state", async () => {
  const state = shown(opened("a", 3), opened("b", 2));
  await new Kept("lena").keep(state);
  const later = new Kept("lena");
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

test("of a long chat the newest messages are kept, and that there are older ones", async () => {
  const kept = new Kept("lena");
  await kept.keep(shown(opened("a", 70)));
  const { history } = (await kept.chat("a")) ?? opened("a", 1);
  expect([history.messages.length, history.messages.at(-1)?.seq, history.older]).toEqual([50, 70, true]);
});

test("a chat that left the list is let go, another person's is not", async () => {
  await new Kept("otto").keep(shown(opened("a", 1)));
  const kept = new Kept("lena");
  await kept.keep(shown(opened("a", 1), opened("b", 1)));
  await kept.keep(shown(opened("b", 1)));
  expect([await kept.chat("a"), (await kept.chat("b"))?.row.conversation_id]).toEqual([undefined, "b"]);
  expect((await new Kept("otto").chat("a"))?.row.conversation_id).toBe("a");
});

test("a list that is not known yet does not take the place of the one that is kept", async () => {
  const kept = new Kept("lena");
  await kept.keep(shown(opened("a", 1)));
  await kept.keep(apply(empty("lena"), { type: "row", row: row("c", 1) }));
  expect((await kept.list())?.rows.map((one) => one.conversation_id)).toEqual(["a"]);
});

test("a chat is kept as its row tells, or it is not", async () => {
  const kept = new Kept("lena");
  await kept.keepChat(opened("a", 2));
  expect(await Promise.all([row("a", 2), row("a", 3), row("a", 2, { own_rev: 1 }), row("b", 2)].map((one) => kept.has(one)))).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test("who was here last is known, until somebody else comes", async () => {
  await keepMe(me("lena"));
  await new Kept("lena").keepChat(opened("a", 1));
  await keepMe(me("lena"));
  expect([(await lastMe())?.csrf, (await new Kept("lena").chat("a"))?.row.rev]).toEqual(["word of lena", 1]);
  await keepMe(me("otto"));
  expect([(await lastMe())?.person.id, await new Kept("lena").chat("a")]).toEqual(["otto", undefined]);
});

test("what was on its way when everything was forgotten does not arrive; what was written stays", async () => {
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
  await new Outbox("lena").keep(pending);
  const kept = new Kept("lena");
  const late = [kept.keep(shown(opened("a", 1))), keepMe(me("lena"))];
  await forget();
  await Promise.all(late);
  expect([await kept.list(), await kept.chat("a"), await lastMe()]).toEqual([undefined, undefined, undefined]);
  expect(await new Outbox("lena").all()).toEqual([pending]);
});

test("a browser that keeps nothing is no failure", async () => {
  vi.stubGlobal("indexedDB", {
    open: () => {
      throw new DOMException("no", "SecurityError");
    },
  });
  await keepMe(me("lena"));
  await new Kept("lena").keep(shown(opened("a", 1)));
  expect([await lastMe(), await new Kept("lena").list()]).toEqual([undefined, undefined]);
});
