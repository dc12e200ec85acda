/** The golden frames, which the server's tests hold its structs to: a client that knows the wire handles each of them. */
import { expect, test } from "vitest";
import golden from "../../../tests/transport/golden/frames.json";
import type { Changes, Opened, Rows, ServerFrame } from "../protocol/wire.ts";
import { apply, empty, type State } from "./chats.ts";

const frames = golden.server as ServerFrame[];
const opened = golden.answering.Opened as Opened;
const changes = golden.answering.Changes as Changes;
const ID = opened.row.conversation_id;
const GROUP = "0198b000-0000-7000-8000-0000000000c2";
const LENA = "0198b000-0000-7000-8000-000000000001";

/** What each frame is to the model. A frame that the wire knows and this table does not, does not compile. */
const HANDLED: Record<ServerFrame["type"], "changes" | "answers"> = {
  welcome: "answers",
  sent: "answers",
  done: "answers",
  changes: "answers",
  no: "answers",
  facts: "answers",
  signed_out: "answers",
  message: "changes",
  read_mark: "changes",
  hidden: "changes",
  star: "changes",
  unread_mark: "changes",
  chat_deleted: "changes",
  member_settings: "changes",
  chat_moved: "changes",
  scheduled: "answers",
  profile: "changes",
  account: "answers",
  draft: "answers",
  typing: "answers",
};

const start = (): State => apply(empty(LENA), { type: "opened", opened });

test("every type of the wire is among them", () => {
  expect(new Set(frames.map((frame) => frame.type))).toEqual(new Set(Object.keys(HANDLED)));
});

test.each(frames.map((frame, at) => [`${at} ${frame.type}`, frame] as const))("%s", (_, frame) => {
  const before: State = {
    ...start(),
    rows: { [ID]: { ...opened.row, rev: "message" in frame ? frame.message.rev - 1 : "rev" in frame ? frame.rev - 1 : opened.row.rev } },
  };
  const after = apply(before, { type: "frame", frame });
  if (HANDLED[frame.type] === "changes") expect(after).not.toEqual(before);
  else expect(after).toBe(before);
});

test("what a newer server says besides is left alone", () => {
  const before = start();
  expect(apply(before, { type: "frame", frame: { type: "unheard_of", conversation_id: ID } as unknown as ServerFrame })).toBe(before);
});

test("messages and marks, one after the other, and the catch-up tell one story", () => {
  const some = frames.filter((frame) => frame.type === "message" || frame.type === "hidden");
  const heard = some.reduce((state, frame) => apply(state, { type: "frame", frame }), start());
  expect(heard.stale.map((one) => one.conversationId)).toEqual([ID]);
  const caught = apply(heard, { type: "changes", conversationId: ID, changes });
  expect(caught.chats[ID]?.messages.map((one) => one.seq)).toEqual([1]);
  expect(caught.chats[ID]?.standing.is_open).toBe(false);
  expect(caught.rows[ID]).toEqual(changes.row);
});

test("the bodies are what the list and an empty chat are made from", () => {
  const list = apply(empty(LENA), { type: "rows", page: golden.answering.Rows as Rows, isFirst: true });
  expect([list.unreadChats, Object.keys(list.rows)]).toEqual([1, [ID, GROUP]]);
  const blank = apply(empty(LENA), { type: "opened", opened: golden.answering.OpenedEmpty as Opened });
  expect(blank.chats[ID]?.about?.title).toBe("Fire drill");
});
