// @vitest-environment jsdom
/** The list of chats: what is asked for, and when. */
import { beforeEach, describe, expect, test } from "vitest";
import type { Opened } from "../protocol/wire.ts";
import { card, dialogWith } from "../model/played-people.ts";
import { chatList } from "./chat-list.svelte.ts";
import { messagesState } from "./messages-state.svelte.ts";
import { openChats } from "./open-chats.ts";
import { UNREACHABLE, arrive, changes, message, on, opened, playServer, row, says, server, settle, times } from "./played-server.ts";

playServer();

describe("marking unread", () => {
  test("an open chat is shown unread from there on, and is not read again by itself", async () => {
    await arrive();
    on("GET /conversations/c", () => opened("c", 3));
    await openChats.open("c");
    const marked = row("c", 3, { own_rev: 1, unread: 2, unread_from: 2 });
    on("PUT /conversations/c/unread", () => marked);
    on("GET /conversations/c/changes", () => ({ ...changes("c", 3, 3), row: marked }));
    await chatList.markUnread("c", 2);
    await settle();
    expect([chatList.row("c")?.unread, openChats.chat("c")?.newFrom, messagesState.current.unreadChats]).toEqual([2, 2, 1]);
    expect(times("PUT /conversations/c/read")).toBe(0);
  });

  test("what was marked is read again by a read up to the end, though all was read before", async () => {
    await arrive();
    on("GET /conversations/c", () => ({ ...opened("c", 3), row: row("c", 3, { own_rev: 1, unread: 2, unread_from: 2 }) }));
    await openChats.open("c");
    on("PUT /conversations/c/read", () => row("c", 3, { own_rev: 2 }));
    await chatList.markSeen("c");
    expect(chatList.row("c")).toMatchObject({ unread: 0, unread_from: null });
    await chatList.markSeen("c");
    expect(times("PUT /conversations/c/read")).toBe(1);
  });

  test("a chat that is opened again shows what is new in it, though it is seen before the answer comes", async () => {
    await arrive();
    on("GET /conversations/c", () => opened("c", 3));
    await openChats.open("c");
    const marked = row("c", 3, { own_rev: 1, unread: 2, unread_from: 2 });
    on("GET /conversations", () => ({ rows: [marked], next: null, unread_chats: 1, waiting_chats: null }));
    on("GET /conversations/c/changes", () => ({ ...changes("c", 3, 3), row: marked }));
    await chatList.load();
    await settle();
    let answer: (opened: Opened) => void = () => undefined;
    let isRead = false;
    on("GET /conversations/c", () => new Promise<Opened>((resolve) => (answer = resolve)));
    on("PUT /conversations/c/read", () => ((isRead = true), row("c", 3, { own_rev: 2 })));
    const opening = openChats.open("c");
    const reading = chatList.markSeen("c");
    await settle();
    answer({ ...opened("c", 3), row: isRead ? row("c", 3, { own_rev: 2 }) : marked });
    await Promise.all([opening, reading]);
    expect([isRead, openChats.chat("c")?.newFrom, chatList.row("c")?.unread]).toEqual([true, 2, 0]);
  });

  test("that does not reach the server is said, and nothing changes", async () => {
    await arrive();
    on("GET /conversations/c", () => opened("c", 3));
    await openChats.open("c");
    on("PUT /conversations/c/unread", UNREACHABLE);
    await expect(chatList.markUnread("c")).rejects.toThrow();
    expect(chatList.row("c")).toEqual(row("c", 3));
  });
});

describe("the list", () => {
  test("is loaded anew when somebody was deactivated", async () => {
    on("GET /conversations", () => ({ rows: [row("c", 2)], next: null, unread_chats: 0, waiting_chats: null }));
    await arrive();
    await chatList.load();
    on("GET /conversations", () => ({
      rows: [row("c", 2, dialogWith(card("with-c", { state: "inactive" })))],
      next: null,
      unread_chats: 0,
      waiting_chats: null,
    }));
    says({ type: "facts" });
    await settle();
    expect(chatList.row("c")?.participants.map((one) => one.person.state)).toEqual(["inactive"]);
  });

  test("asks for its next page once, however often scrolling does", async () => {
    on("GET /conversations", () => ({ rows: [row("c", 2, { place: 9 })], next: "9", unread_chats: 0, waiting_chats: null }));
    await arrive();
    await chatList.load();
    server.asked = [];
    on("GET /conversations", () => ({ rows: [row("d", 2, { place: 3 })], next: null, unread_chats: 0, waiting_chats: null }));
    await Promise.all([chatList.more(), chatList.more(), chatList.more()]);
    await chatList.more();
    expect(server.asked).toEqual(["GET /conversations?cursor=9&limit=50"]);
    expect(chatList.rows.map((one) => one.conversation_id)).toEqual(["c", "d"]);
  });

  test("the unread filter asks for those that stand below what is loaded", async () => {
    on("GET /conversations", () => {
      const isUnread = server.asked.at(-1)?.includes("unread=true");
      return isUnread
        ? { rows: [row("far", 3, { unread: 1 })], next: null, unread_chats: 1, waiting_chats: null }
        : { rows: [row("c", 2, { place: 9 })], next: "9", unread_chats: 1 };
    });
    await arrive();
    await chatList.load();
    await chatList.choose({ filter: "unread" });
    await settle();
    expect(messagesState.current.rows["far"]?.unread).toBe(1);
    expect(messagesState.current.unreadChats).toBe(1);
    expect(messagesState.current.whole.next).toBe("9");
    await chatList.choose({ filter: "all" });
    expect(chatList.rows.map((one) => one.conversation_id)).toEqual(["c"]);
  });

  describe("of more than a page of those who wait", () => {
    const many = Array.from({ length: 230 }, (_, at) => row(`n${at}`, 1, { place: at + 1 }));

    /** Oldest first, a hundred at a time; the whole list's first page has the newest fifty. */
    function waiting(): void {
      on("GET /conversations", () => {
        const query = new URLSearchParams(server.asked.at(-1)?.split("?")[1]);
        if (!query.get("waiting"))
          return { rows: many.slice(-50).reverse(), next: String(many.at(-50)?.place), unread_chats: 0, waiting_chats: many.length };
        const rest = many.filter((one) => (one.place ?? 0) > Number(query.get("cursor") ?? 0));
        return { rows: rest.slice(0, 100), next: rest.length > 100 ? String(rest[99]?.place) : null, unread_chats: 0, waiting_chats: null };
      });
    }

    const places = () => chatList.rows.map((one) => one.place);
    const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, at) => first + at);

    beforeEach(async () => {
      waiting();
      await arrive();
      await chatList.load();
      await chatList.choose({ filter: "waiting" });
    });

    test("each page follows the last, without a gap", async () => {
      expect(messagesState.current.waitingChats).toBe(230);
      expect(places()).toEqual(upTo(100));
      await chatList.more();
      expect(places()).toEqual(upTo(200));
      await chatList.more();
      await chatList.more();
      expect(places()).toEqual(upTo(230));
      await chatList.choose({ filter: "all" });
      expect(places()).toEqual(upTo(230, 181).reverse());
    });

    test("who is answered leaves, and who writes comes where their turn is", async () => {
      says({ type: "message", message: message("n0", 2, { sender_id: "me" }) });
      expect(places()).toEqual(upTo(100, 2));
      expect(messagesState.current.waitingChats).toBe(229);
      says({ type: "message", message: message("n0", 3) });
      expect(places()).toEqual(upTo(100, 2));
      expect(messagesState.current.waitingChats).toBe(230);
      await chatList.choose({ order: "newest" });
      expect(chatList.rows[0]?.conversation_id).toBe("n0");
    });

    test("as much as was shown is asked for again, when somebody writes who was not here", async () => {
      await chatList.more();
      server.asked = [];
      says({ type: "message", message: message("stranger", 1) });
      await settle();
      expect(server.asked.filter((one) => one.includes("waiting=true")).length).toBe(2);
      expect(places()).toEqual(upTo(200));
    });

    test("who was answered unheard is asked for, and leaves", async () => {
      const answered = { ...row("n5", 2), last_message: message("n5", 2, { sender_id: "me" }), place: 900 };
      on("GET /conversations/n5/row", () => answered);
      const [gone] = many.splice(5, 1);
      says({ type: "message", message: message("stranger", 1) });
      await settle();
      expect(places()).not.toContain(6);
      expect(times("GET /conversations/n5/row")).toBe(1);
      if (gone) many.splice(5, 0, gone);
    });
  });
});
