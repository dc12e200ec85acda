// @vitest-environment jsdom
/** Drafts against a played server: at once here, a moment later there, and nothing lost without a network. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Draft, SaveDraft } from "../protocol/wire.ts";
import { drafting } from "./drafting.svelte.ts";
import { drafts } from "./drafts.svelte.ts";
import { UNREACHABLE, arrive, on, playServer, reconnect, refused, says, server, settle, times } from "./played-server.ts";
import { session } from "./session.svelte.ts";
import { messages } from "./messages.svelte.ts";

const SAVE = "PUT /conversations/c/draft";
const draft = (revision: number, text: string, ...others: string[]): Draft => ({
  conversation_id: "c",
  person_id: null,
  text,
  others,
  reply_to: null,
  course: null,
  revision,
  updated_at: "2026-03-02T12:00:00Z",
});
const stored = () => Object.keys(localStorage);
/** What the server was told, in order. */
let told: SaveDraft[] = [];
let revision = 0;

/** A server that takes each text as it comes. */
function takes(others: readonly string[] = []): void {
  on(SAVE, () => {
    const body = told.at(-1);
    revision += 1;
    return { draft: body?.text || others.length ? draft(revision, body?.text ?? "", ...others) : null, revision };
  });
}

function hear(): void {
  const { fetch } = globalThis;
  vi.stubGlobal("fetch", (address: string, options: RequestInit) => {
    if (address.endsWith("/draft") && options.method === "PUT") told.push(JSON.parse(String(options.body)) as SaveDraft);
    return fetch(address, options);
  });
}

playServer();

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  [told, revision] = [[], 0];
  hear();
  on("GET /drafts", () => ({ drafts: [], next: null, revision: 0 }));
  takes();
});

/** The moment after the last key is over. */
async function pause(): Promise<void> {
  drafting.flush();
  await settle();
}

describe("what is typed", () => {
  test("is there at once, in the list and after a reload, and on the server a moment later", async () => {
    await arrive();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    drafting.write("c", { text: "Half a" });
    drafting.write("c", { text: "Half a thought" });
    expect([drafting.of("c").text, drafts.of("c"), told]).toEqual(["Half a thought", "Half a thought", []]);
    vi.advanceTimersByTime(1_000);
    await settle();
    expect(told).toEqual([{ base: 0, text: "Half a thought", others: [], reply_to: null, course_id: null }]);
    drafting.write("c", { text: "Half a thought, and more" });
    vi.advanceTimersByTime(1_000);
    await settle();
    expect(told.map((one) => one.base)).toEqual([0, 1]);
  });

  test("waits without a network, outlives the page, and goes out with the connection", async () => {
    on(SAVE, UNREACHABLE);
    on("GET /drafts", UNREACHABLE);
    await arrive();
    drafting.write("c", { text: "On the train" });
    await pause();
    messages.stop();
    expect(drafts.of("c")).toBe("");
    await arrive();
    expect(drafts.of("c")).toBe("On the train");
    takes();
    on("GET /drafts", () => ({ drafts: [], next: null, revision: 1 }));
    await reconnect();
    expect([told.at(-1)?.text, drafting.of("c").isChanged]).toEqual(["On the train", false]);
  });

  test("too long for a message it stays here until it is shorter", async () => {
    await arrive();
    drafting.write("c", { text: "a".repeat(4001) });
    await pause();
    expect(told).toEqual([]);
    drafting.write("c", { text: "a".repeat(4000) });
    await pause();
    expect(told.length).toBe(1);
  });

  test("refused by the server it is on this device, says so, and is not sent again and again", async () => {
    on(SAVE, () => refused(409, "too_many_drafts"));
    await arrive();
    drafting.write("c", { text: "One too many" });
    await pause();
    await pause();
    expect([told.length, drafting.isHereOnly("c"), drafts.of("c")]).toEqual([1, true, "One too many"]);
    takes();
    drafting.write("c", { text: "One" });
    await pause();
    expect([told.length, drafting.isHereOnly("c")]).toEqual([2, false]);
  });

  test("goes to the person while their chat has no message", async () => {
    on("PUT /people/eva/draft", () => ({ draft: { ...draft(1, "May I"), person_id: "eva" }, revision: 1 }));
    await arrive();
    drafting.write("c", { text: "May I", personId: "eva" });
    await pause();
    expect([times("PUT /people/eva/draft"), times(SAVE)]).toEqual([1, 0]);
  });

  test("sent, nothing is left of it, here and there", async () => {
    await arrive();
    drafting.write("c", { text: "Sent", replyTo: 2 });
    await pause();
    drafting.sent("c");
    await settle();
    expect(told.at(-1)).toEqual({ base: 1, text: "", others: [], reply_to: null, course_id: null });
    expect([drafts.of("c"), stored()]).toEqual(["", []]);
  });
});

describe("another device", () => {
  test("has written: it is in the list when one comes", async () => {
    on("GET /drafts", () => ({ drafts: [draft(4, "From the laptop")], next: null, revision: 4 }));
    await arrive();
    expect([drafts.of("c"), drafting.of("c").base]).toEqual(["From the laptop", 4]);
  });

  test("writes: what it wrote is asked for, once, and what this device did is not", async () => {
    await arrive();
    on("GET /conversations/c/draft", () => ({ draft: draft(1, "There"), revision: 1 }));
    says({ type: "draft", conversation_id: "c", revision: 1 });
    await settle();
    expect([drafts.of("c"), times("GET /conversations/c/draft")]).toEqual(["There", 1]);
    says({ type: "draft", conversation_id: "c", revision: 1 });
    revision = 1;
    drafting.write("c", { text: "There and here" });
    await pause();
    says({ type: "draft", conversation_id: "c", revision: 2 });
    await settle();
    expect(times("GET /conversations/c/draft")).toBe(1);
  });

  test("wrote at the same moment: both are here, and the next save keeps both", async () => {
    takes(["From the laptop"]);
    await arrive();
    drafting.write("c", { text: "On the phone" });
    await pause();
    expect([drafting.of("c").text, drafting.of("c").others]).toEqual(["On the phone", ["From the laptop"]]);
    drafting.write("c", { text: "On the phone, on" });
    await pause();
    expect(told.at(-1)).toMatchObject({ base: 1, others: ["From the laptop"] });
  });

  test("sent or discarded: it is gone here, unless something new stands here", async () => {
    on("GET /drafts", () => ({ drafts: [draft(1, "Old")], next: null, revision: 1 }));
    await arrive();
    on("GET /conversations/c/draft", () => ({ draft: null, revision: 2 }));
    says({ type: "draft", conversation_id: "c", revision: 2 });
    await settle();
    expect([drafts.of("c"), stored()]).toEqual(["", []]);
    drafting.write("c", { text: "New" });
    on("GET /drafts", () => ({ drafts: [], next: null, revision: 9 }));
    on(SAVE, UNREACHABLE);
    await reconnect();
    expect(drafts.of("c")).toBe("New");
  });

  test("deleted the chat, and its draft with it", async () => {
    await arrive();
    drafting.write("c", { text: "Half a thought" });
    says({ type: "chat_deleted", conversation_id: "c", own_rev: 1, cleared_seq: 2 });
    await settle();
    expect([drafts.of("c"), stored()]).toEqual(["", []]);
  });

  test("an answer that is older than what was saved meanwhile takes nothing away", async () => {
    await arrive();
    drafting.write("c", { text: "New" });
    revision = 5;
    await pause();
    on("GET /drafts", () => ({ drafts: [draft(3, "Old")], next: null, revision: 3 }));
    await reconnect();
    expect(drafts.of("c")).toBe("New");
  });
});

describe("another tab", () => {
  test("shows the same draft", async () => {
    await arrive();
    drafting.write("c", { text: "Here" });
    const [name = ""] = stored();
    localStorage.setItem(name, JSON.stringify({ ...drafting.of("c"), text: "Here and there" }));
    dispatchEvent(new StorageEvent("storage", { key: name }));
    expect(drafts.of("c")).toBe("Here and there");
    await pause();
    expect(told.at(-1)?.text).toBe("Here and there");
    localStorage.removeItem(name);
    dispatchEvent(new StorageEvent("storage", { key: name }));
    expect(drafts.of("c")).toBe("");
  });

  test("of an older version left a text, which is a draft now", async () => {
    sessionStorage.setItem("draft of me in c", "Half a sentence");
    await arrive();
    expect([drafts.of("c"), sessionStorage.length, told.at(-1)?.text]).toEqual(["Half a sentence", 0, "Half a sentence"]);
  });
});

describe("leaving", () => {
  test("a page that is closed says what is new without waiting", async () => {
    await arrive();
    drafting.write("c", { text: "In a hurry" });
    vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    expect(told.map((one) => one.text)).toEqual(["In a hurry"]);
    vi.restoreAllMocks();
    await settle();
    expect(drafting.of("c").isChanged).toBe(false);
  });

  test("who signs out leaves nothing; a session that ended by itself keeps it for its person alone", async () => {
    await arrive();
    drafting.write("c", { text: "Half a secret" });
    says({ type: "signed_out" });
    await settle();
    messages.stop();
    expect([drafts.of("c"), stored()]).toEqual(["", ["draft of me in c"]]);
    await arrive();
    expect(drafts.of("c")).toBe("Half a secret");
    on("DELETE /session", () => undefined);
    await session.signOut();
    messages.stop();
    expect([drafts.of("c"), stored().filter((one) => one.startsWith("draft"))]).toEqual(["", []]);
  });

  test("what a browser without room can't store is in the page and on the server", async () => {
    await arrive();
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    drafting.write("c", { text: "Half a thought" });
    await pause();
    vi.restoreAllMocks();
    expect([drafts.of("c"), told.at(-1)?.text, drafting.of("c").base]).toEqual(["Half a thought", "Half a thought", 1]);
  });
});

test("what the server does not answer sensibly harms nothing", async () => {
  on("GET /drafts", () => refused(404, "not_found"));
  await arrive();
  expect(server.asked.filter((one) => one.includes("/drafts")).length).toBe(1);
});
