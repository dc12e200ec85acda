import { beforeEach, describe, expect, test, vi } from "vitest";
import { card, dialogWith } from "../model/played-people.ts";
import { search } from "./search.svelte.ts";

const message = (seq: number, conversation = "c") => ({
  conversation_id: conversation,
  seq,
  rev: seq,
  sender_id: "x",
  key: `key-${seq}`,
  body: "needle",
  sent_at: "2026-03-02T12:00:00Z",
  course: null,
  deleted_at: null,
  reply_to: null,
  edited_at: null,
  reactions: [],
  preview: null,
});
const hit = (seq: number) => ({
  message: message(seq),
  ...dialogWith(card("x")),
  excerpt: { text: "needle", marks: [{ start: 0, end: 6 }] },
  marks: [{ start: 0, end: 6 }],
});
const results = (next: string | null = null) => ({
  chats: { chats: [{ row: { conversation_id: "c", ...dialogWith(card("x")) }, marks: [] }], next: null },
  people: { people: [{ person: card("p"), marks: [] }], next: null },
  messages: { messages: [hit(9), hit(4)], next },
});

let asked: string[] = [];
let answers: Record<string, unknown> = {};

beforeEach(() => {
  search.stop();
  asked = [];
  answers = { "/search": results() };
  vi.stubGlobal("fetch", async (address: string) => {
    const path = address.replace("/api/v1", "");
    asked.push(path);
    const answer = answers[path.split("?")[0] ?? ""];
    if (answer instanceof Promise) return new Response(JSON.stringify(await answer));
    if (!answer) throw new TypeError("offline");
    return new Response(JSON.stringify(answer));
  });
});

async function find(text: string): Promise<void> {
  search.text = text;
  await search.find();
}

describe("the groups", () => {
  test("follow each other, and arrows go round through all of them", async () => {
    await find(" needle ");
    expect(search.items.map((one) => one.address)).toEqual([
      "/messages/c",
      "/messages/to/p",
      "/messages/c?at=9&q=needle",
      "/messages/c?at=4&q=needle",
    ]);
    const seen = [1, 2, 3, 4, 5].map(() => {
      search.move(1);
      return search.chosen?.group;
    });
    expect(seen).toEqual(["chats", "people", "messages", "messages", "chats"]);
    search.move(-1);
    expect(search.chosen?.seq).toBe(4);
  });

  test("what was opened is looked at no more, until another one is chosen", async () => {
    await find("needle");
    search.move(1);
    expect(search.beside?.key).toBe("c");
    search.isOpened = true;
    expect([search.chosen?.key, search.beside]).toEqual(["c", null]);
    search.move(1);
    expect(search.beside?.key).toBe("p");
  });

  test("go on where they stopped, and the chosen one stays chosen", async () => {
    answers["/search"] = results("further");
    answers["/search/messages"] = { messages: [hit(2)], next: null };
    await find("needle");
    search.move(-1);
    await search.more("messages");
    expect(asked.at(-1)).toBe("/search/messages?q=needle&cursor=further&limit=20");
    expect(search.items.length).toBe(5);
    expect([search.chosen?.seq, search.results.messages.next]).toEqual([4, null]);
  });

  test("an answer to an earlier text is dropped", async () => {
    let answer: (found: unknown) => void = () => undefined;
    answers["/search"] = new Promise((resolve) => (answer = resolve));
    const first = find("need");
    answers["/search"] = { ...results(), people: { people: [], next: null } };
    await find("needle");
    answer(results());
    await first;
    expect([search.answered, search.results.people.people.length]).toEqual(["needle", 0]);
  });

  test("an empty text asks nothing and gives the list back", async () => {
    await find("needle");
    await find("  ");
    expect([asked.length, search.isOn, search.items.length]).toEqual([1, false, 0]);
  });

  test("without an answer it says so", async () => {
    answers = {};
    await expect(find("needle")).rejects.toThrow();
    expect([search.isFailed, search.items.length]).toEqual([true, 0]);
  });
});

describe("in a chat", () => {
  test("the hits are known, marked, and gone through", async () => {
    answers["/search/messages"] = { messages: [hit(9), hit(4)], next: null };
    await search.goTo("c", 4, "needle");
    expect([search.at, search.hits.length, search.isPartial]).toEqual([1, 2, false]);
    expect(search.marksOf(message(9) as never)).toEqual([{ start: 0, end: 6 }]);
    expect(search.marksOf(message(9, "d") as never)).toEqual([]);
    expect(search.marksOf({ ...message(9), deleted_at: "2026-03-02T13:00:00Z" })).toEqual([]);
    await search.goTo("c", 9, "needle");
    expect([search.at, asked.length]).toEqual([0, 1]);
    search.leaveChat();
    expect([search.at, search.hits.length, search.target]).toEqual([-1, 0, null]);
  });

  test("the message that was gone to stands out for a moment", async () => {
    vi.useFakeTimers();
    await search.goTo("c", 4, "");
    expect([search.isFresh(message(4) as never), search.isFresh(message(9) as never)]).toEqual([true, false]);
    vi.advanceTimersByTime(2_001);
    expect(search.isFresh(message(4) as never)).toBe(false);
    vi.useRealTimers();
  });
});
