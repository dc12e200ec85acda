import { expect, test } from "vitest";
import { card, dialogWith, groupOf } from "../model/played-people.ts";
import type { Row } from "../protocol/wire.ts";
import { initials } from "../ui/avatar.ts";
import { briefPart, looksOf, part, partId } from "./people.ts";

const MARKS = {
  unread: 0,
  place: 1,
  rev: 1,
  own_rev: 0,
  last_seq: 1,
  read_seq: 1,
  muted: false,
  muted_until: null,
  pinned: false,
  archived: null,
  unread_from: null,
};
const EVA = card("eva", { name: "Eva Expert", photo: "3" });

function row(shown: ReturnType<typeof dialogWith>): Row {
  return { conversation_id: "c", question: null, last_message: null, ...MARKS, ...shown };
}

test("a dialog looks like its other person, with what they are", () => {
  const dialog = row(dialogWith(EVA));
  expect(looksOf(dialog, "c")).toEqual({ person: { id: "eva", name: "Eva Expert", photo: "3" }, isFaded: false });
  expect(partId(dialog)).toBe("role-author");
  const gone = row(dialogWith(card("eva", { state: "removed" })));
  expect([partId(gone), looksOf(gone, "c").isFaded]).toEqual(["state-removed", true]);
});

test("a group has its title, initials and the number of its people, and nothing of a person", () => {
  const group = row(groupOf([EVA, card("nils", { name: "Nils", state: "removed" })], 40));
  expect(looksOf(group, "c")).toEqual({ person: { id: "c", name: "Eva Expert, Nils", photo: null }, isFaded: false });
  expect(initials(group.title)).toBe("E\u200cN");
  expect(partId(group)).toBe("members");
  expect(part(group)).toBe(briefPart(group));
});
