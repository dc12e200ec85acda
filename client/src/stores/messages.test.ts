// @vitest-environment jsdom
/** What is left behind when somebody leaves. */
import { describe, expect, test, vi } from "vitest";
import { chatList } from "./chat-list.svelte.ts";
import { messagesState } from "./messages-state.svelte.ts";
import { disconnect } from "../sync/database.ts";
import { drafting } from "./drafting.svelte.ts";
import { messages } from "./messages.svelte.ts";
import { openChats } from "./open-chats.ts";
import { outbox } from "./outbox.ts";
import { session } from "./session.svelte.ts";
import { UNREACHABLE, arrive, me, on, playServer, refused, row, says, settle, storedTexts, times } from "./played-server.ts";

playServer();

describe("leaving", () => {
  test("a session that ended leads to the sign-in page, whatever was asked for", async () => {
    await arrive();
    on("GET /conversations", () => refused(401, "signed_out"));
    await expect(chatList.load()).rejects.toThrow();
    await settle();
    expect(session.me).toBe(null);
    expect(session.entry?.academy).toBe("Harbour");
  });

  test("leaves nothing of the person: not in memory, not in the browser", async () => {
    await arrive();
    await openChats.open("c");
    on("POST /conversations/c/messages", UNREACHABLE);
    await outbox.write(row("c", 2), "secret", null);
    drafting.write("c", { text: "half a secret" });
    on("DELETE /session", () => undefined);
    await session.signOut();
    messages.stop();
    expect([await storedTexts(), await storedTexts("")]).toEqual([[], []]);
    expect([sessionStorage.length, localStorage.length]).toEqual([0, 0]);
    expect([chatList.rows, messagesState.current.chats, messagesState.current.outbox]).toEqual([[], {}, []]);
  });

  test("a session that ended by itself loses nothing that was written", async () => {
    await arrive();
    await openChats.open("c");
    on("POST /conversations/c/messages", UNREACHABLE);
    await outbox.write(row("c", 2), "still to be sent", null);
    drafting.write("c", { text: "half a sentence" });
    says({ type: "signed_out" });
    await settle();
    expect(session.me).toBe(null);
    messages.stop();
    expect(await storedTexts()).toEqual([["still to be sent", "waiting"]]);
    expect(localStorage.getItem("draft of me in c")).toContain("half a sentence");
  });

  test("a message that is refused after its writer left is not kept", async () => {
    await arrive();
    let refuse: (answer: Response) => void = () => undefined;
    on("POST /conversations/c/messages", () => new Promise((resolve) => (refuse = resolve)));
    void outbox.write(row("c", 2), "secret", null);
    await settle();
    on("DELETE /session", () => undefined);
    await session.signOut();
    messages.stop();
    refuse(refused(403, "other_removed"));
    await settle();
    expect([await storedTexts(), await storedTexts("")]).toEqual([[], []]);
  });

  test("what was asked for the one before is not shown to the next", async () => {
    await arrive();
    let answer: (page: unknown) => void = () => undefined;
    on("GET /conversations", () => new Promise((resolve) => (answer = resolve)));
    const asking = chatList.load().catch(() => undefined);
    await settle();
    await session.leave();
    messages.stop();
    session.welcome(me("otto"));
    await messages.start("otto", 0);
    answer({ rows: [row("c", 2)], next: null, unread_chats: 1, waiting_chats: null });
    await asking;
    expect(messagesState.current.rows).toEqual({});
    expect(messagesState.current.me).toBe("otto");
  });

  test("ended by the connection before the answer comes, signing out is still done once and well", async () => {
    await arrive();
    on("DELETE /session", async () => {
      says({ type: "signed_out" });
      await settle();
    });
    await session.signOut();
    expect(session.me).toBe(null);
    expect(times("GET /entry")).toBe(1);
  });

  test("a browser that cannot be wiped still shows the sign-in page", async () => {
    await arrive();
    await disconnect();
    vi.stubGlobal("indexedDB", {
      open: () => {
        throw new DOMException("no", "SecurityError");
      },
    });
    session.entry = null;
    on("DELETE /session", () => undefined);
    await expect(session.signOut()).rejects.toThrow();
    expect([session.me, session.entry]).not.toContain(undefined);
    expect(session.entry).not.toBe(null);
  });
});
