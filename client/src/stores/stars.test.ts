// @vitest-environment jsdom
/** Stars: shown at once, undone where the server refuses, and heard from my other devices. */
import { describe, expect, test } from "vitest";
import { chatList } from "./chat-list.svelte.ts";
import { openChats } from "./open-chats.ts";
import { arrive, message, on, opened, playServer, refused, row, says, settle, times, UNREACHABLE } from "./played-server.ts";
import { stars } from "./stars.ts";

playServer();

const starred = () => openChats.chat("c")?.starred;

async function show(seqs: number[]): Promise<void> {
  await arrive();
  on("GET /conversations/c", () => ({ ...opened("c", 3), starred: seqs }));
  await openChats.open("c");
}

describe("a star", () => {
  test("comes with its chat, and is shown before the server answers", async () => {
    await show([1]);
    expect(starred()).toEqual([1]);
    on("PUT /conversations/c/messages/2/star", () => undefined);
    const given = stars.set(message("c", 2), true);
    expect(starred()).toEqual([1, 2]);
    await given;
    on("DELETE /conversations/c/messages/1/star", () => undefined);
    await stars.set(message("c", 1), false);
    expect(starred()).toEqual([2]);
  });

  test.each([
    ["refused", () => refused(409, "too_many_starred")],
    ["without a network", UNREACHABLE],
  ])("%s is taken back", async (_, answer) => {
    await show([1]);
    on("PUT /conversations/c/messages/2/star", answer);
    await expect(stars.set(message("c", 2), true)).rejects.toThrow();
    expect(starred()).toEqual([1]);
  });

  test("of another device is shown, and asks the server nothing", async () => {
    await show([1]);
    says({ type: "star", conversation_id: "c", own_rev: 1, seq: 3, is_starred: true });
    says({ type: "star", conversation_id: "c", own_rev: 2, seq: 1, is_starred: false });
    await settle();
    expect([starred(), chatList.row("c")?.own_rev, times("GET /conversations/c/changes")]).toEqual([[3], 2, 0]);
  });

  test("behind something that was missed comes with all of them", async () => {
    await show([1]);
    const changes = { standing: opened("c", 3).standing, messages: [], hidden: [], restored: [], cleared_seq: 0, truncated: false };
    on("GET /conversations/c/changes", () => ({ ...changes, row: row("c", 3, { own_rev: 4 }), starred: [2] }));
    says({ type: "star", conversation_id: "c", own_rev: 4, seq: 3, is_starred: true });
    await settle();
    expect([starred(), chatList.row("c")?.own_rev]).toEqual([[2], 4]);
  });
});
