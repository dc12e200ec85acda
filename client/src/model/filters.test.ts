import { expect, test } from "vitest";
import type { Row } from "../protocol/wire.ts";
import { awaitsAnswer, EVERYTHING, isWithin, narrowed, type Choice } from "./filters.ts";

const ME = "me";
const row = (id: string, sender: string, more: Partial<Row> = {}, deleted: string | null = null): Row =>
  ({ conversation_id: id, unread: 0, question: null, last_message: { sender_id: sender, deleted_at: deleted }, ...more }) as Row;

const about = (id: string) => ({ course: { id, title: id }, expert_id: ME }) as Row["question"];
const ROWS = [
  row("answered", ME),
  row("new", "ann", { unread: 1, question: about("fire") }),
  row("gone", "ben", {}, "2026-01-01"),
  row("old", "cem", { question: about("first aid") }),
  { ...row("empty", ""), last_message: null },
];
const ids = (choice: Partial<Choice>) => narrowed(ROWS, ME, { ...EVERYTHING, ...choice }).map((one) => one.conversation_id);

test("somebody waits while the newest message is theirs", () => {
  expect(ROWS.filter((one) => awaitsAnswer(one, ME)).map((one) => one.conversation_id)).toEqual(["new", "old"]);
});

test("who waits longest stands on top, unless the newest are wanted there", () => {
  expect(ids({ filter: "waiting" })).toEqual(["old", "new"]);
  expect(ids({ filter: "waiting", order: "newest" })).toEqual(["new", "old"]);
  expect(ids({ filter: "unread" })).toEqual(["new"]);
  expect(ids({})).toEqual(ROWS.map((one) => one.conversation_id));
});

test("a course narrows each of them", () => {
  expect(ids({ filter: "waiting", courseId: "fire" })).toEqual(["new"]);
  expect(ids({ courseId: "first aid" })).toEqual(["old"]);
  expect(ids({ filter: "unread", courseId: "first aid" })).toEqual([]);
});

test("a list ends for now where its last page does, in either order", () => {
  const [newest, oldest]: Choice[] = [
    { ...EVERYTHING, filter: "unread" },
    { ...EVERYTHING, filter: "waiting" },
  ];
  expect([4, 5, 6].map((place) => isWithin(row("c", "ann", { place }), 5, newest as Choice))).toEqual([false, true, true]);
  expect([4, 5, 6].map((place) => isWithin(row("c", "ann", { place }), 5, oldest as Choice))).toEqual([true, true, false]);
  expect(isWithin(row("c", "ann", { place: 1 }), null, newest as Choice)).toBe(true);
});
