import { expect, test } from "vitest";
import { card, dialogWith } from "../../model/played-people.ts";
import type { Row } from "../../protocol/wire.ts";
import { connections } from "./connections.ts";

const FIRE = { id: "fire", title: "Fire Safety" };
const KEYS = { id: "keys", title: "Keys" };

function row(question: Row["question"]): Row {
  return {
    conversation_id: "c",
    ...dialogWith(card("eva")),
    question,
    last_message: null,
    unread: 0,
    place: null,
    rev: 0,
    own_rev: 0,
    last_seq: 0,
    read_seq: 0,
    muted: false,
    muted_until: null,
    pinned: false,
    archived: null,
    unread_from: null,
  };
}

const said = (...given: Parameters<typeof connections>) =>
  connections(...given).map((one) => `${one.course.id} ${one.words.replace("connection-", "")}${one.isLink ? "" : ", no link"}`);

test("each course has the words for what the two are in it", () => {
  expect(
    said(row(null), [
      { course: FIRE, part: "expert", since: null },
      { course: KEYS, part: "learner", since: null },
    ]),
  ).toEqual(["fire expert", "keys learner"]);
  expect(said(row(null), [{ course: FIRE, part: "colleague", since: null }])).toEqual(["fire colleague"]);
});

test("an expert is told with the day they became one, where it is known", () => {
  const since = "2026-03-03T09:00:00Z";
  expect(connections(row(null), [{ course: FIRE, part: "expert", since }])).toEqual([
    { course: FIRE, words: "connection-expert-since", since, isLink: true },
  ]);
});

test("the expert of a question who is one no longer is named so, with the course", () => {
  const asked = { course: FIRE, expert_id: "eva", is_expert: false };
  expect(said(row(asked), [{ course: KEYS, part: "expert", since: null }])).toEqual(["keys expert", "fire former-expert"]);
  expect(said(row({ ...asked, is_expert: true }), [])).toEqual([]);
  expect(said(row(asked), [{ course: FIRE, part: "learner", since: null }])).toEqual(["fire learner"]);
});

test("who was its expert sees the course, and no way to a page that is not theirs any more", () => {
  expect(said(row({ course: FIRE, expert_id: "me", is_expert: false }), [])).toEqual(["fire formerly-mine, no link"]);
});
