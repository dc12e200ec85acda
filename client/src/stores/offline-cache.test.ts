// @vitest-environment jsdom
/** The Messages area without a network. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { Unreachable } from "../protocol/http.ts";
import { OfflineCache } from "../sync/offline-cache.ts";
import { chatList } from "./chat-list.svelte.ts";
import { messages } from "./messages.svelte.ts";
import { openChats } from "./open-chats.ts";
import { session } from "./session.svelte.ts";
import {
  UNREACHABLE,
  arrive,
  bodies,
  changes,
  me,
  on,
  opened,
  playServer,
  reconnect,
  refused,
  row,
  server,
  settle,
  times,
} from "./played-server.ts";

playServer();

describe("without a network", () => {
  async function leaveAndComeBack(): Promise<void> {
    await arrive();
    await chatList.load();
    await openChats.open("c");
    vi.advanceTimersByTime(2_000);
    const cache = new OfflineCache("me");
    while (!(await cache.list()) || !(await cache.chat("c"))) await settle();
    messages.stop();
    for (const question of ["GET /me", "GET /conversations", "GET /conversations/c"]) on(question, UNREACHABLE);
    await messages.start("me", 0);
  }

  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));

  test("the list and an opened chat are there as they were seen last", async () => {
    await leaveAndComeBack();
    await chatList.load();
    await openChats.open("c");
    expect(chatList.rows.map((one) => one.conversation_id)).toEqual(["c"]);
    expect(bodies("c")).toEqual(["1", "2"]);
  });

  test("what was missed comes with the connection", async () => {
    await leaveAndComeBack();
    await chatList.load();
    await openChats.open("c");
    on("GET /me", () => me());
    on("GET /conversations", () => ({ rows: [row("c", 4)], next: null, unread_chats: 0, waiting_chats: null }));
    on("GET /conversations/c/changes", () => changes("c", 2, 4));
    await reconnect();
    expect(bodies("c")).toEqual(["1", "2", "3", "4"]);
    expect(server.asked).toContain("GET /conversations/c/changes?rev=2&own_rev=0");
  });

  test("a chat that is cached older than its row is caught up with", async () => {
    await leaveAndComeBack();
    on("GET /conversations", () => ({ rows: [row("c", 4)], next: null, unread_chats: 0, waiting_chats: null }));
    on("GET /conversations/c/changes", () => changes("c", 2, 4));
    await chatList.load();
    await openChats.open("c");
    await chatList.load();
    await settle();
    expect(bodies("c")).toEqual(["1", "2", "3", "4"]);
  });

  test("a network that takes too long is as good as none, until its answer comes", async () => {
    await leaveAndComeBack();
    let answer: (page: unknown) => void = () => undefined;
    on("GET /conversations", () => new Promise((resolve) => (answer = resolve)));
    const listing = chatList.load();
    await settle();
    expect(chatList.rows).toEqual([]);
    vi.advanceTimersByTime(3_000);
    await settle();
    expect(chatList.rows.map((one) => one.last_seq)).toEqual([2]);
    answer({ rows: [row("c", 5)], next: null, unread_chats: 0, waiting_chats: null });
    await listing;
    expect(chatList.rows.map((one) => one.last_seq)).toEqual([5]);
  });

  test("what was never seen here is not there, and that is said", async () => {
    await leaveAndComeBack();
    on("GET /conversations/b", UNREACHABLE);
    await expect(openChats.open("b")).rejects.toThrow(Unreachable);
    messages.stop();
    await messages.start("otto", 0);
    await expect(chatList.load()).rejects.toThrow(Unreachable);
    await expect(openChats.open("c")).rejects.toThrow(Unreachable);
  });

  test("whoever was here last is here, until the server says otherwise", async () => {
    await leaveAndComeBack();
    session.me = undefined;
    await session.load();
    expect(session.me).toMatchObject({ person: { id: "me" }, csrf: "word-of-me" });
    on("GET /me", () => refused(401, "signed_out"));
    await reconnect();
    expect(session.me).toBe(null);
    await settle();
    on("GET /me", UNREACHABLE);
    await expect(session.load()).rejects.toThrow(Unreachable);
  });

  test("an installed app stores the latest chats too, each once as it is", async () => {
    vi.stubGlobal("matchMedia", () => ({ matches: true }));
    on("GET /conversations", () => ({ rows: [row("c", 2), row("d", 3)], next: null, unread_chats: 0, waiting_chats: null }));
    on("GET /conversations/d", () => opened("d", 3));
    await arrive();
    await openChats.open("c");
    for (let time = 0; time < 2; time += 1) {
      await chatList.load();
      vi.advanceTimersByTime(2_000);
      await settle();
    }
    expect([times("GET /conversations/d"), times("GET /conversations/c")]).toEqual([1, 1]);
    on("GET /conversations/d", UNREACHABLE);
    await openChats.open("d");
    expect(bodies("d")).toEqual(["1", "2", "3"]);
  });
});
