import { describe, expect, test } from "vitest";
import { isIn, nameOf, partnerOf, readByAll } from "./participants.ts";
import { card, dialogWith, groupOf } from "./played-people.ts";

const EVA = card("eva", { name: "Eva", photo: "3" });
const NILS = card("nils", { name: "Nils" });

describe("a dialog", () => {
  const dialog = dialogWith(EVA, 4);

  test("is with one other person, and read when they have read", () => {
    expect(partnerOf(dialog)).toBe(EVA);
    expect(readByAll(dialog)).toBe(4);
    expect([nameOf("eva", dialog), isIn("eva", dialog), isIn("nils", dialog)]).toEqual(["Eva", true, false]);
  });
});

describe("a group", () => {
  test("is with nobody in particular, also while it is one of two", () => {
    expect(partnerOf(groupOf([EVA, NILS]))).toBeUndefined();
    expect(partnerOf(groupOf([EVA]))).toBeUndefined();
  });

  test("is read as far as all of the others have read", () => {
    const group = groupOf([EVA, NILS]);
    const [eva, nils] = group.participants;
    if (!eva || !nils) throw new Error("Two were shown.");
    expect(
      readByAll({
        ...group,
        participants: [
          { ...eva, read_seq: 7 },
          { ...nils, read_seq: 5 },
        ],
      }),
    ).toBe(5);
  });

  test("of which not all are shown is not known to be read", () => {
    expect(readByAll(groupOf([EVA, NILS], 40, 9))).toBe(0);
    expect(readByAll(groupOf([]))).toBe(0);
  });

  test("names those who are shown, and itself for the rest", () => {
    expect([nameOf("nils", groupOf([EVA, NILS], 40)), nameOf("somebody", groupOf([EVA, NILS], 40))]).toEqual(["Nils", "Eva, Nils"]);
  });
});
