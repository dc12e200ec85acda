import { expect, test } from "vitest";
import type { Row } from "../protocol/wire.ts";
import { awaitsAnswer, coursesOf, narrowed } from "./filters.ts";

const ME = "me";
const row = (id: string, sender: string, more: Partial<Row> = {}, deleted: string | null = null): Row =>
  ({ conversation_id: id, unread: 0, question: null, last_message: { sender_id: sender, deleted_at: deleted }, ...more }) as Row;

const about = (id: string, expert = ME) => ({ course: { id, title: id }, expert_id: expert }) as Row["question"];
const ROWS = [row("answered", ME), row("new", "ann", { unread: 1, question: about("fire") }), row("gone", "ben", {}, "2026-01-01"), row("old", "cem", { question: about("first aid") }), { ...row("empty", ""), last_message: null }];

test("somebody waits while the newest message is theirs", () => {
  expect(ROWS.filter((one) => awaitsAnswer(one, ME)).map((one) => one.conversation_id)).toEqual(["new", "old"]);
});

test("who waits longest stands on top", () => {
  expect(narrowed(ROWS, ME, "waiting", "").map((one) => one.conversation_id)).toEqual(["old", "new"]);
  expect(narrowed(ROWS, ME, "unread", "").map((one) => one.conversation_id)).toEqual(["new"]);
  expect(narrowed(ROWS, ME, "all", "")).toEqual(ROWS);
});

test("a course narrows each of them", () => {
  expect(narrowed(ROWS, ME, "waiting", "fire").map((one) => one.conversation_id)).toEqual(["new"]);
  expect(coursesOf([...ROWS, row("mine", "ann", { question: about("sailing", "ann") })], ME).map((one) => one.id)).toEqual(["fire", "first aid"]);
});
