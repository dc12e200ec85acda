// @vitest-environment jsdom
/** Chats that are opened at one of their messages. */
import { describe, expect, test } from "vitest";
import { chatList } from "./chat-list.svelte.ts";
import { openChats } from "./open-chats.ts";
import { arrive, message, on, opened, playServer, says, settle, times } from "./played-server.ts";

playServer();

describe("a chat at one of its messages", () => {
  const page = (from: number, to: number) => ({
    messages: Array.from({ length: to - from + 1 }, (_, at) => message("c", from + at)),
    older: from > 1,
    newer: to < 60,
  });
  const seqs = () => openChats.chat("c")?.messages.map((one) => one.seq) ?? [];

  test("opens around it, and goes on in both directions without a hole", async () => {
    await arrive();
    on("GET /conversations/c", () => ({ ...opened("c", 60), history: page(51, 60) }));
    on("GET /conversations/c/messages", () => page(11, 20));
    await openChats.openAt("c", 15);
    expect([seqs()[0], seqs().at(-1), openChats.chat("c")?.around, openChats.chat("c")?.newer]).toEqual([11, 20, 15, true]);
    says({ type: "message", message: { ...message("c", 61), rev: 61 } });
    await settle();
    expect([seqs().at(-1), chatList.row("c")?.last_seq]).toEqual([20, 61]);
    on("GET /conversations/c/messages", () => page(21, 30));
    await openChats.newer("c");
    on("GET /conversations/c/messages", () => page(1, 10));
    await openChats.older("c");
    expect(seqs()).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
    on("GET /conversations/c", () => ({ ...opened("c", 61), history: { ...page(52, 61), newer: false } }));
    await openChats.open("c");
    expect([seqs()[0], openChats.chat("c")?.newer, openChats.chat("c")?.around]).toEqual([52, false, null]);
  });

  test("what is here already is not asked for, and of two the last one counts", async () => {
    await arrive();
    on("GET /conversations/c", () => ({ ...opened("c", 60), history: page(51, 60) }));
    await openChats.openAt("c", 55);
    expect(times("GET /conversations/c/messages")).toBe(0);
    let answer: (history: unknown) => void = () => undefined;
    on("GET /conversations/c/messages", () => new Promise((resolve) => (answer = resolve)));
    const first = openChats.openAt("c", 41);
    await settle();
    on("GET /conversations/c/messages", () => page(11, 20));
    await openChats.openAt("c", 15);
    answer(page(36, 45));
    await first;
    expect(openChats.chat("c")?.around).toBe(15);
  });
});
