import { expect, test } from "vitest";
import type { Message } from "../protocol/wire.ts";
import { newReaction, quotedAfter, quotedWith, quoteOf, withOwnNamed, withReaction } from "./changes.ts";

const [ME, EVA] = ["me", "eva"];

function message(seq: number, more: Partial<Message> = {}): Message {
  const blank = { course: null, deleted_at: null, reply_to: null, edited_at: null, reactions: [], preview: null };
  return { conversation_id: "c", seq, rev: seq, sender_id: ME, key: `key-${seq}`, body: `text ${seq}`, sent_at: "", ...blank, ...more };
}

test("what a page quotes is known, and what came with neither is gone", () => {
  const [original, reply, lost] = [message(1), message(9, { reply_to: 1 }), message(10, { reply_to: 2 })];
  const quoted = quotedWith({}, { messages: [reply, lost], quoted: [original] });
  expect(quoteOf([reply, lost], quoted, 1)).toEqual(original);
  expect(quoteOf([reply, lost], quoted, 2)).toBeNull();
  expect(quoteOf([reply, lost], quoted, 3)).toBeUndefined();
  expect(quoteOf([original, reply], {}, 1)).toEqual(original);
});

test("a quote follows an edit, comes back with Undo, and goes with what is hidden or cleared", () => {
  const edited = message(1, { rev: 11, body: "edited" });
  expect(quotedAfter({ 1: message(1) }, [edited])[1]).toEqual(edited);
  expect(quotedAfter({ 1: edited }, [message(1)])[1]).toEqual(edited);
  expect(quotedAfter({ 1: null }, [edited])[1]).toEqual(edited);
  expect(quotedAfter({}, [edited])).toEqual({});
  expect(quotedWith({ 1: edited, 2: message(2) }, { messages: [] }, (seq) => seq === 1)).toEqual({ 1: null, 2: message(2) });
});

test("a reaction is given once, taken back, and goes with its last person", () => {
  const given = withReaction(message(1), ME, "👍", true);
  expect(given.reactions).toEqual([{ emoji: "👍", count: 1, people: [ME] }]);
  expect(withReaction(given, ME, "👍", true)).toBe(given);
  expect(withReaction(given, ME, "❤️", false)).toBe(given);
  expect(withReaction(given, ME, "👍", false).reactions).toEqual([]);
});

test("of many who reacted a frame may not name me, and I stay", () => {
  const mine = message(1, { reactions: [{ emoji: "👍", count: 30, people: [ME] }] });
  const frame = message(1, { rev: 9, reactions: [{ emoji: "👍", count: 31, people: [EVA] }] });
  expect(withOwnNamed(ME, frame, [mine]).reactions).toEqual([{ emoji: "👍", count: 31, people: [ME, EVA] }]);
  expect(withOwnNamed(ME, frame, []).reactions).toEqual(frame.reactions);
});

test("what somebody gave to something of mine is announced, and nothing else", () => {
  const before = [message(1), message(2, { sender_id: EVA })];
  const liked = message(1, { rev: 9, reactions: [{ emoji: "👍", count: 2, people: [EVA, ME] }] });
  expect(newReaction(before, [liked, before[1] as Message], ME)).toEqual({ message: liked, person: EVA, emoji: "👍" });
  expect(newReaction([liked], [liked], ME)).toBeNull();
  const theirs = message(2, { rev: 9, sender_id: EVA, reactions: [{ emoji: "👍", count: 1, people: [EVA] }] });
  expect(newReaction(before, [theirs], ME)).toBeNull();
});
