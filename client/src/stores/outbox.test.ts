// @vitest-environment jsdom
/** What was written goes to the server: in order, never lost, never doubled. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { card, groupOf } from "../model/played-people.ts";
import type { Attachment } from "../protocol/wire.ts";
import { StoredOutbox } from "../sync/outbox.ts";
import { chatList } from "./chat-list.svelte.ts";
import { connection } from "./connection.svelte.ts";
import { messagesState } from "./messages-state.svelte.ts";
import { openChats } from "./open-chats.ts";
import { outbox } from "./outbox.ts";
import {
  UNREACHABLE,
  arrive,
  bodies,
  fetched,
  message,
  on,
  playServer,
  reconnect,
  refused,
  row,
  says,
  server,
  settle,
  storedTexts,
} from "./played-server.ts";

playServer();

describe("the outbox", () => {
  const SEND = "POST /conversations/c/messages";
  let stored: { key: string; body: string }[];

  /** Stores each key once, and answers the same again. */
  function storing(): void {
    on(SEND, () => {
      const sent = bodiesSent.at(-1) as { key: string; body: string };
      if (!stored.some((one) => one.key === sent.key)) stored.push({ key: sent.key, body: sent.body });
      const seq = 3 + stored.findIndex((one) => one.key === sent.key);
      return { message: message("c", seq, { sender_id: "me", key: sent.key, body: sent.body }) };
    });
  }

  let bodiesSent: unknown[];

  beforeEach(async () => {
    [stored, bodiesSent] = [[], []];
    vi.stubGlobal("fetch", (address: string, options: RequestInit) => {
      if (options.method === "POST") bodiesSent.push(JSON.parse(String(options.body)));
      return fetched(address, options);
    });
    storing();
  });

  test("sends in the order of writing, one after the other, and keeps nothing of it", async () => {
    await arrive();
    await openChats.open("c");
    await Promise.all(["a", "b", "d"].map((body) => outbox.write(row("c", 2), body, null)));
    await settle();
    expect(stored.map((one) => one.body)).toEqual(["a", "b", "d"]);
    expect(messagesState.current.outbox).toEqual([]);
    expect(await storedTexts()).toEqual([]);
    expect(bodies("c")).toEqual(["1", "2", "a", "b", "d"]);
  });

  test("a message waits for its files, those behind it in its chat with it, and others go", async () => {
    await arrive();
    await openChats.open("c");
    const attachment = { id: "f" } as Attachment;
    await outbox.write(row("c", 2), "a", null, () => [{ key: "file", name: "a.pdf", size: 9, attachment: null }]);
    await outbox.write(row("c", 2), "b", null);
    expect(outbox.pending("c").map((one) => one.status)).toEqual(["waiting", "waiting"]);
    const key = outbox.pending("c")[0]?.key ?? "";
    messagesState.dispatch({ type: "uploaded", key, file: "file", attachment });
    await outbox.send();
    await settle();
    expect(stored.map((one) => one.body)).toEqual(["a", "b"]);
    expect(bodiesSent.at(-2)).toMatchObject({ body: "a", files: ["f"] });
    expect(bodiesSent.at(-1)).not.toHaveProperty("files");
  });

  test("a message whose file is refused has failed, and the next one goes", async () => {
    await arrive();
    await openChats.open("c");
    await outbox.write(row("c", 2), "a", null, () => [{ key: "file", name: "a.pdf", size: 9, attachment: null }]);
    await outbox.write(row("c", 2), "b", null);
    await outbox.fail(outbox.pending("c")[0]?.key ?? "", "virus");
    await outbox.send();
    await settle();
    expect(stored.map((one) => one.body)).toEqual(["b"]);
    expect(outbox.failed("c")).toMatchObject({ body: "a", reason: "virus" });
  });

  test("without a network it waits, in order, and goes when there is one", async () => {
    await arrive();
    await openChats.open("c");
    on(SEND, UNREACHABLE);
    for (const body of ["a", "b"]) await outbox.write(row("c", 2), body, null);
    expect(outbox.pending("c").map((one) => one.status)).toEqual(["waiting", "waiting"]);
    expect(await storedTexts()).toEqual([
      ["a", "waiting"],
      ["b", "waiting"],
    ]);
    storing();
    await reconnect();
    expect(stored.map((one) => one.body)).toEqual(["a", "b"]);
  });

  test("what was being sent when the page was reloaded is sent again with its key: never doubled, never lost", async () => {
    await arrive();
    let isCutOff = true;
    let cut: (failure: Error) => void = () => undefined;
    const answer = server.answers.get(SEND);
    on(SEND, () => {
      const sent = answer?.();
      return isCutOff ? new Promise((_, reject) => (cut = reject)) : sent;
    });
    void outbox.write(row("c", 2), "a", null);
    await settle();
    expect(outbox.pending("c")[0]?.status).toBe("sending");
    isCutOff = false;
    const again = new StoredOutbox("me");
    expect((await again.all()).map((one) => one.key)).toEqual(stored.map((one) => one.key));
    vi.resetModules();
    const { messages: reloaded } = await import("./messages.svelte.ts");
    const { messagesState: state } = await import("./messages-state.svelte.ts");
    await reloaded.start("me", 0);
    await settle();
    expect(stored).toHaveLength(1);
    expect(state.current.outbox).toEqual([]);
    expect(await storedTexts()).toEqual([]);
    reloaded.stop();
    cut(new TypeError("Failed to fetch"));
  });

  test("what another tab sent is dropped when the connection brings it", async () => {
    await arrive();
    await chatList.load();
    on(SEND, UNREACHABLE);
    await outbox.write(row("c", 2), "a", null);
    const key = outbox.pending("c")[0]?.key ?? "";
    says({ type: "message", message: message("c", 3, { sender_id: "me", key, body: "a" }) });
    await settle();
    expect(messagesState.current.outbox).toEqual([]);
    expect(await storedTexts()).toEqual([]);
  });

  test("a refused message says why, and holds up no other; tried again it waits, also after a reload", async () => {
    await arrive();
    on(SEND, () => refused(403, "other_removed"));
    await outbox.write(row("c", 2), "a", null);
    storing();
    await outbox.write(row("c", 2), "b", null);
    expect(stored.map((one) => one.body)).toEqual(["b"]);
    expect(outbox.failed("c")).toMatchObject({ body: "a", reason: "other_removed" });
    expect(await storedTexts()).toEqual([["a", "failed"]]);
    on(SEND, UNREACHABLE);
    const failed = outbox.failed("c");
    if (failed) await outbox.retry(failed);
    expect(await storedTexts()).toEqual([["a", "waiting"]]);
  });

  test("a text whose key belongs to another message stays, says so, and is sent under a new key", async () => {
    await arrive();
    on(SEND, () => refused(409, "key_reused"));
    await outbox.write(row("c", 2), "a", null);
    const failed = outbox.failed("c");
    expect(failed).toMatchObject({ body: "a", reason: "key_reused" });
    storing();
    if (failed) await outbox.retry(failed);
    expect(stored.map((one) => one.body)).toEqual(["a"]);
    expect(stored[0]?.key).not.toBe(failed?.key);
    expect([outbox.pending("c"), await storedTexts()]).toEqual([[], []]);
  });

  test("too fast, with a time to wait, it waits that long and keeps the order", async () => {
    await arrive();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    on(SEND, () => refused(429, "too_many", { retry_after: 9 }));
    for (const body of ["a", "b"]) void outbox.write(row("c", 2), body, null);
    await settle();
    expect(outbox.pending("c").map((one) => one.status)).toEqual(["waiting", "waiting"]);
    storing();
    vi.advanceTimersByTime(8_999);
    await settle();
    expect(stored).toEqual([]);
    vi.advanceTimersByTime(1);
    await settle();
    expect(stored.map((one) => one.body)).toEqual(["a", "b"]);
  });

  test("a browser that stores nothing still sends", async () => {
    vi.stubGlobal("indexedDB", {
      open: () => {
        throw new DOMException("no", "SecurityError");
      },
    });
    await arrive();
    await outbox.write(row("c", 2), "a", null);
    expect(stored.map((one) => one.body)).toEqual(["a"]);
  });

  test("goes to the person while nothing was written, to the chat where there is one, a group too", async () => {
    await arrive();
    on("POST /people/with-n/messages", () => ({ message: message("n", 1, { sender_id: "me" }) }));
    on("POST /conversations/g/messages", () => ({ message: message("g", 5, { sender_id: "me" }) }));
    await outbox.write(row("n", 0), "first", null);
    await outbox.write(row("c", 2), "later", null);
    await outbox.write(row("g", 4, groupOf([card("eva"), card("nils")], 40)), "to all", null);
    const sent = server.asked.filter((one) => one.startsWith("POST"));
    expect(sent).toEqual(["POST /people/with-n/messages", SEND, "POST /conversations/g/messages"]);
  });

  test("sends what an older version stored, which knew the person alone", async () => {
    const older = { key: "key-of-before", conversationId: "c", personId: "with-c", body: "before", course: null };
    await new StoredOutbox("me").put({ ...older, at: "2026-03-02T12:00:00Z", status: "waiting", reason: null });
    on("POST /people/with-c/messages", () => ({ message: message("c", 3, { sender_id: "me", key: older.key, body: "before" }) }));
    await arrive();
    await settle();
    expect(server.asked).toContain("POST /people/with-c/messages");
    expect([outbox.pending("c"), await storedTexts()]).toEqual([[], []]);
  });

  test("keeps what an outdated page wrote, for the page that comes next", async () => {
    await arrive();
    on(SEND, () => refused(426, "client_outdated"));
    await outbox.write(row("c", 2), "a", null);
    expect(connection.isOutdated).toBe(true);
    expect(outbox.pending("c").map((one) => one.status)).toEqual(["waiting"]);
    expect(await storedTexts()).toEqual([["a", "waiting"]]);
    connection.isOutdated = false;
  });
});
