/** A draft as one device knows it: what is typed stays, what others wrote is shown, and of two texts none is lost. */
import { describe, expect, test } from "vitest";
import type { Draft } from "../protocol/wire.ts";
import { changed, isForgettable, joined, NOTHING, received, settled, shownOf, toSave, type LocalDraft } from "./drafts.ts";

const COURSE = { id: "d", title: "Fire drill" };

const kept = (revision: number, text: string, ...others: string[]): Draft => ({
  conversation_id: "c",
  person_id: null,
  text,
  others,
  reply_to: null,
  course: null,
  revision,
  updated_at: "2026-03-02T12:00:00Z",
});

const saved = (base: number, text: string, ...others: string[]): LocalDraft => ({ ...NOTHING, text, saved: text, base, others });
const typed = (before: LocalDraft, text: string): LocalDraft => changed(before, { text });
const texts = ({ text, others, isChanged }: LocalDraft) => [text, others, isChanged];

describe("what is typed", () => {
  test("has yet to be saved, unless it stands there already", () => {
    const before = saved(1, "Half");
    expect(changed(before, { text: "Half" })).toBe(before);
    expect(typed(before, "Half a thought").isChanged).toBe(true);
  });

  test("is forgotten once nothing is left of it, here and on the server", () => {
    expect([NOTHING, saved(1, " "), typed(saved(1, "Half"), ""), saved(1, "", "There")].map(isForgettable)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test("goes with its context, and a context without a text is none", () => {
    const draft = changed(saved(4, ""), { text: "Why?", replyTo: 3, course: COURSE, others: ["There"] });
    expect(toSave(draft)).toEqual({ base: 4, text: "Why?", others: ["There"], reply_to: 3, course_id: "d" });
    expect(toSave({ ...draft, text: " \n" })).toEqual({ base: 4, text: "", others: ["There"], reply_to: null, course_id: null });
  });

  test("is what the list shows, or else what another device wrote", () => {
    expect([shownOf(saved(1, "Here", "There")), shownOf(saved(1, "", "There", "Elsewhere"))]).toEqual(["Here", "Elsewhere"]);
  });
});

describe("where nothing here is new", () => {
  test("the server's draft takes the place of what stood here", () => {
    expect(received(saved(1, "Half"), { ...kept(2, "A thought"), reply_to: 3, course: COURSE })).toEqual({
      ...saved(2, "A thought"),
      replyTo: 3,
      course: COURSE,
    });
    expect(received(saved(1, "Half"), null)).toEqual(NOTHING);
  });

  test("a text of this device stays in its composer, and the other one stands beside it", () => {
    expect(texts(received(saved(1, "Here"), kept(2, "There", "Here")))).toEqual(["Here", ["There"], false]);
    expect(texts(received(saved(1, "Here"), kept(2, "Here", "There")))).toEqual(["Here", ["There"], false]);
  });

  test("a text that went on elsewhere goes on here", () => {
    expect(texts(received(saved(1, "Here"), kept(3, "There", "Here and on")))).toEqual(["Here and on", ["There"], false]);
  });

  test("whoever was written to first is remembered", () => {
    expect(received(NOTHING, { ...kept(1, "May I"), person_id: "eva" }).personId).toBe("eva");
    expect(received({ ...NOTHING, personId: "eva" }, kept(1, "May I")).personId).toBe("eva");
  });
});

describe("the answer to what was saved", () => {
  test("settles it", () => {
    const sent = typed(saved(1, "Half"), "Half a thought");
    const now = settled(sent, sent, { draft: kept(2, "Half a thought"), revision: 2 });
    expect(now).toEqual(saved(2, "Half a thought"));
  });

  test("leaves what was typed meanwhile, which has yet to be saved", () => {
    const sent = typed(saved(1, "Half"), "Half a");
    const now = settled(typed(sent, "Half a thought"), sent, { draft: kept(2, "Half a"), revision: 2 });
    expect([now.text, now.isChanged, now.base, now.saved]).toEqual(["Half a thought", true, 2, "Half a"]);
  });

  test("shows what another device wrote at the same moment, and the next one keeps it", () => {
    const sent = typed(NOTHING, "On the phone");
    const answer = { draft: kept(2, "From the laptop", "On the phone"), revision: 2 };
    expect(texts(settled(sent, sent, answer))).toEqual(["On the phone", ["From the laptop"], false]);
    const on = settled(typed(sent, "On the phone, on"), sent, answer);
    expect(toSave(on)).toMatchObject({ base: 2, text: "On the phone, on", others: ["From the laptop"] });
  });

  test("does not bring back what was chosen from meanwhile", () => {
    const sent = typed(saved(2, "Here", "There"), "Here and on");
    const now = settled(changed(sent, { others: [] }), sent, { draft: kept(3, "Here and on", "There"), revision: 3 });
    expect([now.others, now.isChanged]).toEqual([[], true]);
  });

  test("keeps a longer text of another device as another one, while one types on", () => {
    const sent = typed(NOTHING, "Half");
    const now = settled(typed(sent, "Half an hour"), sent, { draft: kept(2, "Half a thought"), revision: 2 });
    expect(toSave(now)).toMatchObject({ base: 2, text: "Half an hour", others: ["Half a thought"] });
  });

  test("ends it when the message was sent", () => {
    const sent = changed(saved(3, "Sent"), { text: "" });
    expect(settled(sent, sent, { draft: null, revision: 4 })).toEqual(NOTHING);
    expect(texts(settled(sent, sent, { draft: kept(4, "", "There"), revision: 4 }))).toEqual(["", ["There"], false]);
  });
});

test("two texts become one with an empty line between", () => {
  expect([joined("Here ", " There"), joined("", "There")]).toEqual(["Here\n\nThere", "There"]);
});
