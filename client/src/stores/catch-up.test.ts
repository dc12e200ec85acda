// @vitest-environment jsdom
/** What is asked for after a lost connection, and where something changed that the server alone knows. */
import { describe, expect, test, vi } from "vitest";
import { card, dialogWith } from "../model/played-people.ts";
import { chatList } from "./chat-list.svelte.ts";
import { connection } from "./connection.svelte.ts";
import { messagesState } from "./messages-state.svelte.ts";
import { messages } from "./messages.svelte.ts";
import { openChats } from "./open-chats.ts";
import { session } from "./session.svelte.ts";
import {
  WELCOME,
  UNREACHABLE,
  arrive,
  bodies,
  changes,
  me,
  message,
  on,
  opened,
  playServer,
  reconnect,
  refused,
  row,
  says,
  server,
  settle,
  times,
} from "./played-server.ts";

playServer();

describe("after a lost connection", () => {
  test("the open chat shows what was missed, also when the list heard of it first", async () => {
    await arrive();
    await chatList.load();
    await openChats.open("c");
    on("GET /conversations", () => ({ rows: [row("c", 4, { unread: 2 })], next: null, unread_chats: 1, waiting_chats: null }));
    on("GET /conversations/c/changes", () => ({ ...changes("c", 2, 4), row: row("c", 4, { unread: 2 }) }));
    await chatList.load();
    await reconnect();
    expect(bodies("c")).toEqual(["1", "2", "3", "4"]);
    expect(server.asked).toContain("GET /conversations/c/changes?rev=2&own_rev=0");
    expect(messagesState.current.unreadChats).toBe(1);
  });

  test("one chat that is refused keeps no other from catching up", async () => {
    await arrive();
    on("GET /conversations/b", () => opened("b", 1));
    await openChats.open("b");
    await openChats.open("c");
    on("GET /conversations/b/changes", () => refused(404, "not_found"));
    on("GET /conversations/c/changes", () => changes("c", 2, 3));
    const before = messages.factsRevision;
    await reconnect();
    expect(bodies("c")).toEqual(["1", "2", "3"]);
    expect(messages.factsRevision).toBeGreaterThan(before);
    expect(connection.isOnline).toBe(true);
  });

  test("a list that could not be loaded is loaded", async () => {
    on("GET /conversations", UNREACHABLE);
    session.welcome(me());
    await messages.start("me", 0);
    await expect(chatList.load()).rejects.toThrow();
    on("GET /conversations", () => ({ rows: [row("c", 2)], next: null, unread_chats: 0, waiting_chats: null }));
    says(WELCOME);
    await settle();
    expect(messagesState.current.isListLoaded).toBe(true);
  });

  test("an empty chat is asked for through its person", async () => {
    const empty = { ...opened("n", 0), about: { id: "drill", title: "Fire drill" } };
    on("GET /people/eva/conversation", () => ({ ...empty, row: row("n", 0, dialogWith(card("eva"))) }));
    await arrive();
    await openChats.openWith("eva", "drill");
    await reconnect();
    expect(server.asked.filter((one) => one.startsWith("GET /people/eva"))).toEqual(
      Array(2).fill("GET /people/eva/conversation?course_id=drill"),
    );
    expect(openChats.chat("n")?.about?.id).toBe("drill");
  });
});

describe("the badge", () => {
  test("on a page without the list is what the server counts at the first connection", async () => {
    on("GET /me", () => me("me", 3));
    await arrive();
    expect(messagesState.current.unreadChats).toBe(3);
    expect(times("GET /conversations")).toBe(0);
  });

  test("on a page without the list counts a message of any chat", async () => {
    await arrive();
    on("GET /conversations", () => ({ rows: [row("c", 3, { unread: 1 })], next: null, unread_chats: 1, waiting_chats: null }));
    says({ type: "message", message: message("c", 3) });
    await settle();
    expect(messagesState.current.unreadChats).toBe(1);
  });
});

describe("catching up", () => {
  test("asks one question at a time, however many frames come", async () => {
    await arrive();
    await openChats.open("c");
    let running = 0;
    let most = 0;
    on("GET /conversations/c/changes", async () => {
      most = Math.max(most, (running += 1));
      await settle();
      running -= 1;
      return changes("c", 2, 20);
    });
    for (let seq = 4; seq <= 20; seq += 1) says({ type: "message", message: message("c", seq) });
    await vi.waitFor(() => expect(messagesState.current.stale).toEqual([]));
    expect(most).toBe(1);
    expect(times("GET /conversations/c/changes")).toBeLessThanOrEqual(2);
    expect(bodies("c")).toHaveLength(20);
  });

  test("an answer that is still behind is not asked for without end", async () => {
    await arrive();
    await openChats.open("c");
    on("GET /conversations/c/changes", () => changes("c", 2, 3));
    says({ type: "message", message: message("c", 9) });
    await settle();
    expect(times("GET /conversations/c/changes")).toBeLessThanOrEqual(2);
    expect(messagesState.current.stale).toHaveLength(1);
  });

  test("too much for one answer opens the chat anew", async () => {
    await arrive();
    await openChats.open("c");
    on("GET /conversations/c/changes", () => ({ ...changes("c", 2, 2), truncated: true }));
    on("GET /conversations/c", () => opened("c", 9));
    says({ type: "message", message: message("c", 9) });
    await settle();
    expect(bodies("c")).toHaveLength(9);
  });

  test("a server that was too busy is asked again, and the notice of being offline goes", async () => {
    await arrive();
    await openChats.open("c");
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    on("GET /conversations/c/changes", () => refused(503, "busy"));
    says({ type: "message", message: message("c", 4) });
    await settle();
    expect(connection.isOnline).toBe(false);
    on("GET /conversations/c/changes", () => changes("c", 2, 4));
    vi.advanceTimersByTime(3_000);
    await settle();
    expect(connection.isOnline).toBe(true);
    expect(bodies("c")).toEqual(["1", "2", "3", "4"]);
  });

  test("who is shown differently is asked for where they are shown, and nothing else", async () => {
    await arrive();
    await openChats.open("c");
    await chatList.load();
    server.asked.length = 0;
    on("GET /conversations/c/changes", () => changes("c", 2, 2));
    says({ type: "profile", user_id: "with-c" });
    await settle();
    expect(server.asked.map((one) => one.split("?")[0])).toEqual(["GET /conversations/c/changes"]);
    expect(messagesState.current.stale).toEqual([]);
  });

  test.each([{ type: "account" as const }, { type: "profile" as const, user_id: "me" }])(
    "of the account or of me it is who I am: $type",
    async (frame) => {
      await arrive();
      const before = messages.factsRevision;
      server.asked.length = 0;
      says(frame);
      await settle();
      expect(server.asked).toEqual(["GET /me"]);
      expect(messages.factsRevision).toBeGreaterThan(before);
    },
  );

  test("a chat that was muted on another device is muted without a question", async () => {
    await arrive();
    await chatList.load();
    server.asked.length = 0;
    says({ type: "member_settings", conversation_id: "c", muted: true, muted_until: null });
    await settle();
    expect(chatList.row("c")?.muted).toBe(true);
    expect(server.asked).toEqual([]);
  });

  test("a first question that may no longer be asked turns its composer into the notice", async () => {
    on("GET /people/with-n/conversation", () => opened("n", 0));
    await arrive();
    await openChats.openWith("with-n", "");
    on("GET /people/with-n/conversation", () => refused(404, "not_found"));
    says({ type: "facts" });
    await settle();
    expect(openChats.chat("n")?.standing).toMatchObject({ is_open: false, reason: "no_relation" });
  });

  test("the course that a message is about is the server's to say, as long as it is chosen", async () => {
    const about = { id: "drill", title: "Fire drill" };
    on("GET /people/with-c/conversation", () => ({ ...opened("c", 2), about }));
    await arrive();
    await openChats.openWith("with-c", "drill");
    await openChats.open("c");
    expect(openChats.chat("c")?.about).toEqual(about);
    on("GET /conversations/c/changes", () => changes("c", 2, 2));
    on("GET /people/with-c/conversation", () => opened("c", 2));
    says({ type: "facts" });
    await settle();
    expect(openChats.chat("c")?.about).toBe(null);
    const before = times("GET /people/with-c/conversation");
    says({ type: "facts" });
    await settle();
    expect(times("GET /people/with-c/conversation")).toBe(before);
  });
});
