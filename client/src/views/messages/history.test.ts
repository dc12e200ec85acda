import { expect, test } from "vitest";
import type { Pending } from "../../model/chats.ts";
import type { Message } from "../../protocol/wire.ts";
import { isSaid, led, linesOf } from "./history.ts";

const COURSE = { id: "fire", title: "Fire Safety" };

function message(seq: number, sender_id: string, more: Partial<Message> = {}): Message {
  return {
    conversation_id: "c",
    seq,
    rev: seq,
    sender_id,
    key: `key-${seq}`,
    body: `${seq}`,
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

function pending(key: string): Pending {
  return {
    key,
    conversationId: "c",
    personId: "eva",
    body: key,
    course: null,
    at: "2026-03-02T12:00:00Z",
    status: "sending",
    reason: null,
  };
}

const lines = (messages: Message[], waiting: Pending[] = [], newFrom: number | null = null) =>
  linesOf("me", messages, waiting, newFrom, (at) => at.slice(0, 10));
const kinds = (...given: Parameters<typeof lines>) =>
  lines(...given).map((line) => (line.kind === "message" ? line.message.seq : line.kind));

test("an empty chat has no lines", () => {
  expect(lines([])).toEqual([]);
});

test("each day begins with its heading, once", () => {
  const later = { sent_at: "2026-03-03T08:00:00Z" };
  expect(kinds([message(1, "eva"), message(2, "me"), message(3, "eva", later), message(4, "eva", later)])).toEqual([
    "day",
    1,
    2,
    "day",
    3,
    4,
  ]);
});

test("the New messages line stands above the first of them, below the heading of its day", () => {
  expect(kinds([message(1, "me"), message(2, "eva")], [], 2)).toEqual(["day", 1, "new", 2]);
  expect(kinds([message(1, "eva")], [], 1)).toEqual(["day", "new", 1]);
  expect(kinds([message(1, "eva")], [], 7)).toEqual(["day", 1]);
});

test("the New messages line stands above the first of them that is loaded, and moves up with older pages", () => {
  const [older, newer] = [
    [message(1, "eva"), message(2, "eva"), message(3, "eva")],
    [message(4, "eva"), message(5, "eva")],
  ];
  expect(kinds(newer, [], 2)).toEqual(["day", "new", 4, 5]);
  expect(kinds([...older, ...newer], [], 2)).toEqual(["day", 1, "new", 2, 3, 4, 5]);
});

test("what one wrote oneself, and what was deleted, is not new", () => {
  const gone = message(2, "eva", { deleted_at: "2026-03-02T13:00:00Z" });
  expect(kinds([message(1, "me"), gone, message(3, "eva")], [], 1)).toEqual(["day", 1, 2, "new", 3]);
});

test("a question names its course where it begins, and not again until another course comes", () => {
  const other = { id: "bio", title: "Biology" };
  const asked = [
    message(1, "me", { course: COURSE }),
    message(2, "eva"),
    message(3, "me", { course: COURSE }),
    message(4, "me", { course: other }),
  ];
  expect(lines(asked).flatMap((line) => (line.kind === "message" ? [line.context] : []))).toEqual(["Fire Safety", "", "", "Biology"]);
});

const at = (sent_at: string) => ({ sent_at: `2026-03-02T${sent_at}Z` });
/** Each bubble's place in its run: ( begins one, ) ends one. */
const runs = (...given: Parameters<typeof lines>) =>
  lines(...given)
    .filter(isSaid)
    .map(({ run }) => `${run.isFirst ? "(" : ""}${run.isLast ? ")" : ""}`);

test("what one person says within a minute is one run, and its last bubble says the time", () => {
  expect(runs([message(1, "eva", at("12:00:01")), message(2, "eva", at("12:00:30")), message(3, "eva", at("12:00:59"))])).toEqual([
    "(",
    "",
    ")",
  ]);
});

test("another minute and another person begin a run of their own", () => {
  expect(runs([message(1, "eva", at("12:00:59")), message(2, "eva", at("12:01:00")), message(3, "me", at("12:01:00"))])).toEqual([
    "()",
    "()",
    "()",
  ]);
});

test("a line between two bubbles parts them: a day, the New messages line, the course of another question", () => {
  const [before, after] = [{ sent_at: "2026-03-02T23:59:59Z" }, { sent_at: "2026-03-03T00:00:00Z" }];
  expect(runs([message(1, "eva", before), message(2, "eva", after)])).toEqual(["()", "()"]);
  expect(runs([message(1, "eva"), message(2, "eva"), message(3, "eva")], [], 2)).toEqual(["()", "(", ")"]);
  expect(runs([message(1, "me"), message(2, "me", { course: COURSE }), message(3, "me", { course: COURSE })])).toEqual(["()", "(", ")"]);
});

test("what is on its way goes on with my run, and what was not sent ends it", () => {
  const failed = { ...pending("b"), status: "failed" as const };
  expect(runs([message(1, "eva"), message(2, "me")], [pending("a"), failed, pending("c")])).toEqual(["()", "(", "", ")", "()"]);
});

test("arrows lead from message to message, past what is none, and stop at both ends", () => {
  const all = lines([message(1, "eva"), message(2, "me", { sent_at: "2026-03-03T08:00:00Z" })], [pending("a")], 2);
  const [first, second, third] = all.filter(isSaid).map((line) => line.key);
  expect([led(all, first, "ArrowDown"), led(all, second, "ArrowDown"), led(all, third, "ArrowDown")]).toEqual([second, third, undefined]);
  expect([led(all, third, "ArrowUp"), led(all, second, "ArrowUp"), led(all, first, "ArrowUp")]).toEqual([second, first, undefined]);
  expect([led(all, second, "Home"), led(all, first, "End"), led(all, first, "x")]).toEqual([first, third, undefined]);
});

test("a message keeps its key from its sending on, and no two lines share one", () => {
  const before = lines([message(1, "eva")], [pending("key-2")]);
  const after = lines([message(1, "eva"), message(2, "me")]);
  expect(after.map((line) => line.key)).toEqual(before.map((line) => line.key));
  const both = lines([message(1, "eva", { key: "same" }), message(2, "me", { key: "same" })]).map((line) => line.key);
  expect(new Set(both).size).toBe(both.length);
});
