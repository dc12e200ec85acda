// @vitest-environment jsdom
/** The Messages area against a server that is played here: what is asked for, when, and what is left behind. */
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Unreachable } from "../protocol/http.ts";
import type { Me, Message, Opened, Row, ServerFrame, Standing } from "../protocol/wire.ts";
import { Kept } from "../sync/kept.ts";
import { Outbox } from "../sync/outbox.ts";
import { messages } from "./messages.svelte.ts";
import { session } from "./session.svelte.ts";

const OPEN: Standing = { is_open: true, reason: null, because: null, rule: null, remedy: null, course: null };
const WELCOME: ServerFrame = { type: "welcome", version: 1, user_id: "me", server_time: "2026-03-02T12:00:00Z" };

class FakeSocket {
  static newest: FakeSocket;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((closed: { code: number }) => void) | null = null;

  constructor() {
    FakeSocket.newest = this;
  }

  send(): void {}

  close(): void {}

  says(...frames: ServerFrame[]): void {
    this.onmessage?.({ data: JSON.stringify(frames) });
  }
}

type Answer = () => unknown;

/** What the server answers, by method and path without its query; the last one set stands. */
let answers: Map<string, Answer>;
let asked: string[];

function on(question: string, answer: Answer): void {
  answers.set(question, answer);
}

function times(question: string): number {
  return asked.filter((one) => one.split("?")[0] === question).length;
}

function refused(status: number, code: string, more: object = {}): Response {
  return Response.json(
    { type: "", title: "", status, code, detail: "", request_id: "", rule: null, remedy: null, errors: [], retry_after: null, ...more },
    { status },
  );
}

const UNREACHABLE: Answer = () => Promise.reject(new TypeError("Failed to fetch"));

async function fetched(address: string, options: RequestInit): Promise<Response> {
  const question = `${options.method} ${address.replace("/api/v1", "")}`;
  asked.push(question);
  const answer = answers.get(question.split("?")[0] ?? "");
  if (!answer) return refused(404, "not_found");
  const found = await answer();
  if (found instanceof Response) return found;
  return found === undefined ? new Response(null, { status: 204 }) : Response.json(found);
}

function row(id: string, last: number, more: Partial<Row> = {}): Row {
  const other = { id: `with-${id}`, name: id, role: "author", state: "active", title: "", department: null, photo: null } as const;
  return {
    conversation_id: id,
    other,
    question: null,
    last_message: last ? message(id, last) : null,
    unread: 0,
    place: last ? 1 : null,
    rev: last,
    own_rev: 0,
    last_seq: last,
    read_seq: last,
    other_read_seq: 0,
    muted: false,
    unread_from: null,
    ...more,
  };
}

function message(id: string, seq: number, more: Partial<Message> = {}): Message {
  return {
    conversation_id: id,
    seq,
    rev: seq,
    sender_id: `with-${id}`,
    key: `${id}-${seq}-key`,
    body: `${seq}`,
    sent_at: "2026-03-02T12:00:00Z",
    course: null,
    deleted_at: null,
    ...more,
  };
}

function opened(id: string, last: number): Opened {
  return {
    row: row(id, last),
    standing: OPEN,
    history: { messages: Array.from({ length: last }, (_, at) => message(id, at + 1)), older: false, newer: false },
    about: null,
    office: null,
  };
}

function changes(id: string, from: number, to: number) {
  const news = Array.from({ length: to - from }, (_, at) => message(id, from + at + 1));
  return { row: row(id, to), standing: OPEN, messages: news, hidden: [], restored: [], cleared_seq: 0, truncated: false };
}

function me(id = "me", unread_chats = 0): Me {
  const person = { id, name: id, role: "learner", state: "active", title: "", department: null, photo: null } as const;
  const academy = {
    id: "a",
    name: "Harbour",
    messaging_on: true,
    mode: "strict",
    delete_for_everyone_seconds: 60,
    typing_on: false,
  } as const;
  const can = { start_chats: false, enter_portal: false, manage_account: false };
  return {
    person,
    email: "",
    login: id,
    locale: "en",
    time_zone: "UTC",
    academy,
    can,
    is_expert: false,
    is_learning: true,
    office: null,
    unread_chats,
    mail_bounced: false,
    access_notices: [],
    csrf: `word-of-${id}`,
    server_time: "2026-03-02T12:00:00Z",
  };
}

/** Until all that was asked is answered. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) await new Promise<void>((resolve) => nextTask(resolve));
}

/** Real time, also where timers are false. */
function nextTask(go: () => void): void {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    channel.port1.close();
    go();
  };
  channel.port2.postMessage(null);
}

async function arrive(): Promise<void> {
  session.welcome(me());
  await messages.start("me", 0);
  FakeSocket.newest.says(WELCOME);
  await settle();
}

/** The line breaks and comes back. */
async function reconnect(): Promise<void> {
  FakeSocket.newest.onclose?.({ code: 1006 });
  dispatchEvent(new Event("online"));
  FakeSocket.newest.says(WELCOME);
  await settle();
}

const bodies = (id: string) => messages.chat(id)?.messages.map((one) => one.body) ?? [];
const kept = async (owner = "me") => (await new Outbox(owner).all()).map((one) => [one.body, one.status]);

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
  [answers, asked] = [new Map<string, Answer>(), []];
  on("GET /me", () => me());
  on("GET /entry", () => ({ academy: "Harbour", needs_set_up: false, is_demo: false, has_mail: false }));
  on("GET /conversations", () => ({ rows: [row("c", 2)], next: null, unread_chats: 0, waiting_chats: null }));
  on("GET /conversations/c", () => opened("c", 2));
});

afterEach(async () => {
  messages.stop();
  await settle();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("after a lost line", () => {
  test("the open chat shows what was missed, also when the list told of it first", async () => {
    await arrive();
    await messages.list();
    await messages.open("c");
    on("GET /conversations", () => ({ rows: [row("c", 4, { unread: 2 })], next: null, unread_chats: 1, waiting_chats: null }));
    on("GET /conversations/c/changes", () => ({ ...changes("c", 2, 4), row: row("c", 4, { unread: 2 }) }));
    await messages.list();
    await reconnect();
    expect(bodies("c")).toEqual(["1", "2", "3", "4"]);
    expect(asked).toContain("GET /conversations/c/changes?rev=2&own_rev=0");
    expect(messages.state.unreadChats).toBe(1);
  });

  test("one chat that is refused keeps no other from catching up", async () => {
    await arrive();
    on("GET /conversations/b", () => opened("b", 1));
    await messages.open("b");
    await messages.open("c");
    on("GET /conversations/b/changes", () => refused(404, "not_found"));
    on("GET /conversations/c/changes", () => changes("c", 2, 3));
    const before = messages.facts;
    await reconnect();
    expect(bodies("c")).toEqual(["1", "2", "3"]);
    expect(messages.facts).toBeGreaterThan(before);
    expect(messages.isOnline).toBe(true);
  });

  test("a list that could not be loaded is loaded", async () => {
    on("GET /conversations", UNREACHABLE);
    session.welcome(me());
    await messages.start("me", 0);
    await expect(messages.list()).rejects.toThrow();
    on("GET /conversations", () => ({ rows: [row("c", 2)], next: null, unread_chats: 0, waiting_chats: null }));
    FakeSocket.newest.says(WELCOME);
    await settle();
    expect(messages.state.isListLoaded).toBe(true);
  });

  test("an empty chat is asked for through its person", async () => {
    const empty = { ...opened("n", 0), about: { id: "drill", title: "Fire drill" } };
    on("GET /people/eva/conversation", () => ({ ...empty, row: row("n", 0, { other: { ...row("n", 0).other, id: "eva" } }) }));
    await arrive();
    await messages.openWith("eva", "drill");
    await reconnect();
    expect(asked.filter((one) => one.startsWith("GET /people/eva"))).toEqual(Array(2).fill("GET /people/eva/conversation?course_id=drill"));
    expect(messages.chat("n")?.about?.id).toBe("drill");
  });
});

describe("the badge", () => {
  test("on a page without the list is what the server counts at the first connection", async () => {
    on("GET /me", () => me("me", 3));
    await arrive();
    expect(messages.state.unreadChats).toBe(3);
    expect(times("GET /conversations")).toBe(0);
  });

  test("on a page without the list counts a message of any chat", async () => {
    await arrive();
    on("GET /conversations", () => ({ rows: [row("c", 3, { unread: 1 })], next: null, unread_chats: 1, waiting_chats: null }));
    FakeSocket.newest.says({ type: "message", message: message("c", 3) });
    await settle();
    expect(messages.state.unreadChats).toBe(1);
  });
});

describe("catching up", () => {
  test("asks one question at a time, however many frames come", async () => {
    await arrive();
    await messages.open("c");
    let running = 0;
    let most = 0;
    on("GET /conversations/c/changes", async () => {
      most = Math.max(most, (running += 1));
      await settle();
      running -= 1;
      return changes("c", 2, 20);
    });
    for (let seq = 4; seq <= 20; seq += 1) FakeSocket.newest.says({ type: "message", message: message("c", seq) });
    await vi.waitFor(() => expect(messages.state.stale).toEqual([]));
    expect(most).toBe(1);
    expect(times("GET /conversations/c/changes")).toBeLessThanOrEqual(2);
    expect(bodies("c")).toHaveLength(20);
  });

  test("an answer that is still behind is not asked for without end", async () => {
    await arrive();
    await messages.open("c");
    on("GET /conversations/c/changes", () => changes("c", 2, 3));
    FakeSocket.newest.says({ type: "message", message: message("c", 9) });
    await settle();
    expect(times("GET /conversations/c/changes")).toBeLessThanOrEqual(2);
    expect(messages.state.stale).toHaveLength(1);
  });

  test("too much for one answer opens the chat anew", async () => {
    await arrive();
    await messages.open("c");
    on("GET /conversations/c/changes", () => ({ ...changes("c", 2, 2), truncated: true }));
    on("GET /conversations/c", () => opened("c", 9));
    FakeSocket.newest.says({ type: "message", message: message("c", 9) });
    await settle();
    expect(bodies("c")).toHaveLength(9);
  });

  test("a server that was too busy is asked again, and the notice of being offline goes", async () => {
    await arrive();
    await messages.open("c");
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    on("GET /conversations/c/changes", () => refused(503, "busy"));
    FakeSocket.newest.says({ type: "message", message: message("c", 4) });
    await settle();
    expect(messages.isOnline).toBe(false);
    on("GET /conversations/c/changes", () => changes("c", 2, 4));
    vi.advanceTimersByTime(3_000);
    await settle();
    expect(messages.isOnline).toBe(true);
    expect(bodies("c")).toEqual(["1", "2", "3", "4"]);
  });

  test("who is shown differently is asked for where they are shown, and nothing else", async () => {
    await arrive();
    await messages.open("c");
    await messages.list();
    asked.length = 0;
    on("GET /conversations/c/changes", () => changes("c", 2, 2));
    FakeSocket.newest.says({ type: "profile", user_id: messages.row("c")?.other.id ?? "" });
    await settle();
    expect(asked.map((one) => one.split("?")[0])).toEqual(["GET /conversations/c/changes"]);
    expect(messages.state.stale).toEqual([]);
  });

  test.each([{ type: "account" as const }, { type: "profile" as const, user_id: "me" }])(
    "of the account or of me it is who I am: $type",
    async (frame) => {
      await arrive();
      const before = messages.facts;
      asked.length = 0;
      FakeSocket.newest.says(frame);
      await settle();
      expect(asked).toEqual(["GET /me"]);
      expect(messages.facts).toBeGreaterThan(before);
    },
  );

  test("a chat that was muted on another device is muted without a question", async () => {
    await arrive();
    await messages.list();
    asked.length = 0;
    FakeSocket.newest.says({ type: "member_settings", conversation_id: "c", muted: true });
    await settle();
    expect(messages.row("c")?.muted).toBe(true);
    expect(asked).toEqual([]);
  });

  test("a first question that may no longer be asked turns its composer into the notice", async () => {
    on("GET /people/with-n/conversation", () => opened("n", 0));
    await arrive();
    await messages.openWith("with-n", "");
    on("GET /people/with-n/conversation", () => refused(404, "not_found"));
    FakeSocket.newest.says({ type: "facts" });
    await settle();
    expect(messages.chat("n")?.standing).toMatchObject({ is_open: false, reason: "no_relation" });
  });

  test("the course that a message is about is the server's to say, as long as it is chosen", async () => {
    const about = { id: "drill", title: "Fire drill" };
    on("GET /people/with-c/conversation", () => ({ ...opened("c", 2), about }));
    await arrive();
    await messages.openWith("with-c", "drill");
    await messages.open("c");
    expect(messages.chat("c")?.about).toEqual(about);
    on("GET /conversations/c/changes", () => changes("c", 2, 2));
    on("GET /people/with-c/conversation", () => opened("c", 2));
    FakeSocket.newest.says({ type: "facts" });
    await settle();
    expect(messages.chat("c")?.about).toBe(null);
    const before = times("GET /people/with-c/conversation");
    FakeSocket.newest.says({ type: "facts" });
    await settle();
    expect(times("GET /people/with-c/conversation")).toBe(before);
  });
});

describe("marking unread", () => {
  test("an open chat is shown unread from there on, and is not read again by itself", async () => {
    await arrive();
    on("GET /conversations/c", () => opened("c", 3));
    await messages.open("c");
    const marked = row("c", 3, { own_rev: 1, unread: 2, unread_from: 2 });
    on("PUT /conversations/c/unread", () => marked);
    on("GET /conversations/c/changes", () => ({ ...changes("c", 3, 3), row: marked }));
    await messages.markUnread("c", 2);
    await settle();
    expect([messages.row("c")?.unread, messages.chat("c")?.newFrom, messages.state.unreadChats]).toEqual([2, 2, 1]);
    expect(times("PUT /conversations/c/read")).toBe(0);
  });

  test("what was marked is read again by a read up to the end, though all was read before", async () => {
    await arrive();
    on("GET /conversations/c", () => ({ ...opened("c", 3), row: row("c", 3, { own_rev: 1, unread: 2, unread_from: 2 }) }));
    await messages.open("c");
    on("PUT /conversations/c/read", () => row("c", 3, { own_rev: 2 }));
    await messages.markRead("c");
    expect(messages.row("c")).toMatchObject({ unread: 0, unread_from: null });
    await messages.markRead("c");
    expect(times("PUT /conversations/c/read")).toBe(1);
  });

  test("that does not reach the server is said, and nothing changes", async () => {
    await arrive();
    on("GET /conversations/c", () => opened("c", 3));
    await messages.open("c");
    on("PUT /conversations/c/unread", UNREACHABLE);
    await expect(messages.markUnread("c")).rejects.toThrow();
    expect(messages.row("c")).toEqual(row("c", 3));
  });
});

describe("the list", () => {
  test("is loaded anew when somebody was deactivated", async () => {
    on("GET /conversations", () => ({ rows: [row("c", 2)], next: null, unread_chats: 0, waiting_chats: null }));
    await arrive();
    await messages.list();
    const gone = row("c", 2);
    on("GET /conversations", () => ({
      rows: [{ ...gone, other: { ...gone.other, state: "inactive" } }],
      next: null,
      unread_chats: 0,
      waiting_chats: null,
    }));
    FakeSocket.newest.says({ type: "facts" });
    await settle();
    expect(messages.row("c")?.other.state).toBe("inactive");
  });

  test("asks for its next page once, however often scrolling does", async () => {
    on("GET /conversations", () => ({ rows: [row("c", 2, { place: 9 })], next: "9", unread_chats: 0, waiting_chats: null }));
    await arrive();
    await messages.list();
    asked = [];
    on("GET /conversations", () => ({ rows: [row("d", 2, { place: 3 })], next: null, unread_chats: 0, waiting_chats: null }));
    await Promise.all([messages.more(), messages.more(), messages.more()]);
    await messages.more();
    expect(asked).toEqual(["GET /conversations?cursor=9&limit=50"]);
    expect(messages.rows.map((one) => one.conversation_id)).toEqual(["c", "d"]);
  });

  test("the unread filter asks for those that stand below what is loaded", async () => {
    on("GET /conversations", () => {
      const isUnread = asked.at(-1)?.includes("unread=true");
      return isUnread
        ? { rows: [row("far", 3, { unread: 1 })], next: null, unread_chats: 1, waiting_chats: null }
        : { rows: [row("c", 2, { place: 9 })], next: "9", unread_chats: 1 };
    });
    await arrive();
    await messages.list();
    await messages.choose({ filter: "unread" });
    await settle();
    expect(messages.state.rows["far"]?.unread).toBe(1);
    expect(messages.state.unreadChats).toBe(1);
    expect(messages.state.whole.next).toBe("9");
    await messages.choose({ filter: "all" });
    expect(messages.rows.map((one) => one.conversation_id)).toEqual(["c"]);
  });

  describe("of more than a page of those who wait", () => {
    const many = Array.from({ length: 230 }, (_, at) => row(`n${at}`, 1, { place: at + 1 }));

    /** Oldest first, a hundred at a time; the whole list's first page has the newest fifty. */
    function waiting(): void {
      on("GET /conversations", () => {
        const query = new URLSearchParams(asked.at(-1)?.split("?")[1]);
        if (!query.get("waiting"))
          return { rows: many.slice(-50).reverse(), next: String(many.at(-50)?.place), unread_chats: 0, waiting_chats: many.length };
        const rest = many.filter((one) => (one.place ?? 0) > Number(query.get("cursor") ?? 0));
        return { rows: rest.slice(0, 100), next: rest.length > 100 ? String(rest[99]?.place) : null, unread_chats: 0, waiting_chats: null };
      });
    }

    const places = () => messages.rows.map((one) => one.place);
    const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, at) => first + at);

    beforeEach(async () => {
      waiting();
      await arrive();
      await messages.list();
      await messages.choose({ filter: "waiting" });
    });

    test("each page follows the last, without a gap", async () => {
      expect(messages.state.waitingChats).toBe(230);
      expect(places()).toEqual(upTo(100));
      await messages.more();
      expect(places()).toEqual(upTo(200));
      await messages.more();
      await messages.more();
      expect(places()).toEqual(upTo(230));
      await messages.choose({ filter: "all" });
      expect(places()).toEqual(upTo(230, 181).reverse());
    });

    test("who is answered leaves, and who writes comes where their turn is", async () => {
      FakeSocket.newest.says({ type: "message", message: message("n0", 2, { sender_id: "me" }) });
      expect(places()).toEqual(upTo(100, 2));
      expect(messages.state.waitingChats).toBe(229);
      FakeSocket.newest.says({ type: "message", message: message("n0", 3) });
      expect(places()).toEqual(upTo(100, 2));
      expect(messages.state.waitingChats).toBe(230);
      await messages.choose({ order: "newest" });
      expect(messages.rows[0]?.conversation_id).toBe("n0");
    });

    test("as much as was shown is asked for again, when somebody writes who was not here", async () => {
      await messages.more();
      asked = [];
      FakeSocket.newest.says({ type: "message", message: message("stranger", 1) });
      await settle();
      expect(asked.filter((one) => one.includes("waiting=true")).length).toBe(2);
      expect(places()).toEqual(upTo(200));
    });

    test("who was answered unheard is asked for, and leaves", async () => {
      const answered = { ...row("n5", 2), last_message: message("n5", 2, { sender_id: "me" }), place: 900 };
      on("GET /conversations/n5/row", () => answered);
      const [gone] = many.splice(5, 1);
      FakeSocket.newest.says({ type: "message", message: message("stranger", 1) });
      await settle();
      expect(places()).not.toContain(6);
      expect(times("GET /conversations/n5/row")).toBe(1);
      if (gone) many.splice(5, 0, gone);
    });
  });
});

describe("the outbox", () => {
  const SEND = "POST /people/with-c/messages";
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
    await messages.open("c");
    await Promise.all(["a", "b", "d"].map((body) => messages.write(row("c", 2), body, null)));
    await settle();
    expect(stored.map((one) => one.body)).toEqual(["a", "b", "d"]);
    expect(messages.state.outbox).toEqual([]);
    expect(await kept()).toEqual([]);
    expect(bodies("c")).toEqual(["1", "2", "a", "b", "d"]);
  });

  test("without a network it waits, in order, and goes when there is one", async () => {
    await arrive();
    await messages.open("c");
    on(SEND, UNREACHABLE);
    for (const body of ["a", "b"]) await messages.write(row("c", 2), body, null);
    expect(messages.pending("c").map((one) => one.status)).toEqual(["waiting", "waiting"]);
    expect(await kept()).toEqual([
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
    const answer = answers.get(SEND);
    on(SEND, () => {
      const sent = answer?.();
      return isCutOff ? new Promise((_, reject) => (cut = reject)) : sent;
    });
    void messages.write(row("c", 2), "a", null);
    await settle();
    expect(messages.pending("c")[0]?.status).toBe("sending");
    isCutOff = false;
    const again = new Outbox("me");
    expect((await again.all()).map((one) => one.key)).toEqual(stored.map((one) => one.key));
    vi.resetModules();
    const { messages: reloaded } = await import("./messages.svelte.ts");
    await reloaded.start("me", 0);
    await settle();
    expect(stored).toHaveLength(1);
    expect(reloaded.state.outbox).toEqual([]);
    expect(await kept()).toEqual([]);
    reloaded.stop();
    cut(new TypeError("Failed to fetch"));
  });

  test("what another tab sent is dropped when the line tells of it", async () => {
    await arrive();
    await messages.list();
    on(SEND, UNREACHABLE);
    await messages.write(row("c", 2), "a", null);
    const key = messages.pending("c")[0]?.key ?? "";
    FakeSocket.newest.says({ type: "message", message: message("c", 3, { sender_id: "me", key, body: "a" }) });
    await settle();
    expect(messages.state.outbox).toEqual([]);
    expect(await kept()).toEqual([]);
  });

  test("a refused message says why, and holds up no other; tried again it waits, also after a reload", async () => {
    await arrive();
    on(SEND, () => refused(403, "other_removed"));
    await messages.write(row("c", 2), "a", null);
    storing();
    await messages.write(row("c", 2), "b", null);
    expect(stored.map((one) => one.body)).toEqual(["b"]);
    expect(messages.failed("c")).toMatchObject({ body: "a", reason: "other_removed" });
    expect(await kept()).toEqual([["a", "failed"]]);
    on(SEND, UNREACHABLE);
    const failed = messages.failed("c");
    if (failed) await messages.retry(failed);
    expect(await kept()).toEqual([["a", "waiting"]]);
  });

  test("a text whose key belongs to another message stays, says so, and is sent under a new key", async () => {
    await arrive();
    on(SEND, () => refused(409, "key_reused"));
    await messages.write(row("c", 2), "a", null);
    const failed = messages.failed("c");
    expect(failed).toMatchObject({ body: "a", reason: "key_reused" });
    storing();
    if (failed) await messages.retry(failed);
    expect(stored.map((one) => one.body)).toEqual(["a"]);
    expect(stored[0]?.key).not.toBe(failed?.key);
    expect([messages.pending("c"), await kept()]).toEqual([[], []]);
  });

  test("too fast, with a time to wait, it waits that long and keeps the order", async () => {
    await arrive();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    on(SEND, () => refused(429, "too_many", { retry_after: 9 }));
    for (const body of ["a", "b"]) void messages.write(row("c", 2), body, null);
    await settle();
    expect(messages.pending("c").map((one) => one.status)).toEqual(["waiting", "waiting"]);
    storing();
    vi.advanceTimersByTime(8_999);
    await settle();
    expect(stored).toEqual([]);
    vi.advanceTimersByTime(1);
    await settle();
    expect(stored.map((one) => one.body)).toEqual(["a", "b"]);
  });

  test("a browser that keeps nothing still sends", async () => {
    vi.stubGlobal("indexedDB", {
      open: () => {
        throw new DOMException("no", "SecurityError");
      },
    });
    await arrive();
    await messages.write(row("c", 2), "a", null);
    expect(stored.map((one) => one.body)).toEqual(["a"]);
  });
});

describe("without a network", () => {
  async function leaveAndComeBack(): Promise<void> {
    await arrive();
    await messages.list();
    await messages.open("c");
    vi.advanceTimersByTime(2_000);
    const shelf = new Kept("me");
    while (!(await shelf.list()) || !(await shelf.chat("c"))) await settle();
    messages.stop();
    for (const question of ["GET /me", "GET /conversations", "GET /conversations/c"]) on(question, UNREACHABLE);
    await messages.start("me", 0);
  }

  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));

  test("the list and an opened chat are there as they were seen last", async () => {
    await leaveAndComeBack();
    await messages.list();
    await messages.open("c");
    expect(messages.rows.map((one) => one.conversation_id)).toEqual(["c"]);
    expect(bodies("c")).toEqual(["1", "2"]);
  });

  test("what was missed comes with the line", async () => {
    await leaveAndComeBack();
    await messages.list();
    await messages.open("c");
    on("GET /me", () => me());
    on("GET /conversations", () => ({ rows: [row("c", 4)], next: null, unread_chats: 0, waiting_chats: null }));
    on("GET /conversations/c/changes", () => changes("c", 2, 4));
    await reconnect();
    expect(bodies("c")).toEqual(["1", "2", "3", "4"]);
    expect(asked).toContain("GET /conversations/c/changes?rev=2&own_rev=0");
  });

  test("a chat that is kept older than its row is caught up with", async () => {
    await leaveAndComeBack();
    on("GET /conversations", () => ({ rows: [row("c", 4)], next: null, unread_chats: 0, waiting_chats: null }));
    on("GET /conversations/c/changes", () => changes("c", 2, 4));
    await messages.list();
    await messages.open("c");
    await messages.list();
    await settle();
    expect(bodies("c")).toEqual(["1", "2", "3", "4"]);
  });

  test("a network that takes too long is as good as none, until its answer comes", async () => {
    await leaveAndComeBack();
    let answer: (page: unknown) => void = () => undefined;
    on("GET /conversations", () => new Promise((resolve) => (answer = resolve)));
    const listing = messages.list();
    await settle();
    expect(messages.rows).toEqual([]);
    vi.advanceTimersByTime(3_000);
    await settle();
    expect(messages.rows.map((one) => one.last_seq)).toEqual([2]);
    answer({ rows: [row("c", 5)], next: null, unread_chats: 0, waiting_chats: null });
    await listing;
    expect(messages.rows.map((one) => one.last_seq)).toEqual([5]);
  });

  test("what was never seen here is not there, and that is said", async () => {
    await leaveAndComeBack();
    on("GET /conversations/b", UNREACHABLE);
    await expect(messages.open("b")).rejects.toThrow(Unreachable);
    messages.stop();
    await messages.start("otto", 0);
    await expect(messages.list()).rejects.toThrow(Unreachable);
    await expect(messages.open("c")).rejects.toThrow(Unreachable);
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

  test("an installed app keeps the latest chats too, each once as it is", async () => {
    vi.stubGlobal("matchMedia", () => ({ matches: true }));
    on("GET /conversations", () => ({ rows: [row("c", 2), row("d", 3)], next: null, unread_chats: 0, waiting_chats: null }));
    on("GET /conversations/d", () => opened("d", 3));
    await arrive();
    await messages.open("c");
    for (let time = 0; time < 2; time += 1) {
      await messages.list();
      vi.advanceTimersByTime(2_000);
      await settle();
    }
    expect([times("GET /conversations/d"), times("GET /conversations/c")]).toEqual([1, 1]);
    on("GET /conversations/d", UNREACHABLE);
    await messages.open("d");
    expect(bodies("d")).toEqual(["1", "2", "3"]);
  });
});

describe("a chat at one of its messages", () => {
  const page = (from: number, to: number) => ({
    messages: Array.from({ length: to - from + 1 }, (_, at) => message("c", from + at)),
    older: from > 1,
    newer: to < 60,
  });
  const seqs = () => messages.chat("c")?.messages.map((one) => one.seq) ?? [];

  test("opens around it, and goes on in both directions without a hole", async () => {
    await arrive();
    on("GET /conversations/c", () => ({ ...opened("c", 60), history: page(51, 60) }));
    on("GET /conversations/c/messages", () => page(11, 20));
    await messages.openAt("c", 15);
    expect([seqs()[0], seqs().at(-1), messages.chat("c")?.around, messages.chat("c")?.newer]).toEqual([11, 20, 15, true]);
    FakeSocket.newest.says({ type: "message", message: { ...message("c", 61), rev: 61 } });
    await settle();
    expect([seqs().at(-1), messages.row("c")?.last_seq]).toEqual([20, 61]);
    on("GET /conversations/c/messages", () => page(21, 30));
    await messages.newer("c");
    on("GET /conversations/c/messages", () => page(1, 10));
    await messages.older("c");
    expect(seqs()).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
    on("GET /conversations/c", () => ({ ...opened("c", 61), history: { ...page(52, 61), newer: false } }));
    await messages.open("c");
    expect([seqs()[0], messages.chat("c")?.newer, messages.chat("c")?.around]).toEqual([52, false, null]);
  });

  test("what is here already is not asked for, and of two the last one counts", async () => {
    await arrive();
    on("GET /conversations/c", () => ({ ...opened("c", 60), history: page(51, 60) }));
    await messages.openAt("c", 55);
    expect(times("GET /conversations/c/messages")).toBe(0);
    let answer: (history: unknown) => void = () => undefined;
    on("GET /conversations/c/messages", () => new Promise((resolve) => (answer = resolve)));
    const first = messages.openAt("c", 41);
    await settle();
    on("GET /conversations/c/messages", () => page(11, 20));
    await messages.openAt("c", 15);
    answer(page(36, 45));
    await first;
    expect(messages.chat("c")?.around).toBe(15);
  });
});

describe("leaving", () => {
  test("a session that ended leads to the sign-in page, whatever was asked for", async () => {
    await arrive();
    on("GET /conversations", () => refused(401, "signed_out"));
    await expect(messages.list()).rejects.toThrow();
    await settle();
    expect(session.me).toBe(null);
    expect(session.entry?.academy).toBe("Harbour");
  });

  test("leaves nothing of the person: not in memory, not in the browser", async () => {
    await arrive();
    await messages.open("c");
    on("POST /people/with-c/messages", UNREACHABLE);
    await messages.write(row("c", 2), "secret", null);
    sessionStorage.setItem("draft-c", "half a secret");
    on("DELETE /session", () => undefined);
    await session.signOut();
    messages.stop();
    expect([await kept(), await kept("")]).toEqual([[], []]);
    expect(sessionStorage.length).toBe(0);
    expect([messages.rows, messages.state.chats, messages.state.outbox]).toEqual([[], {}, []]);
  });

  test("a session that ended by itself loses nothing that was written", async () => {
    await arrive();
    await messages.open("c");
    on("POST /people/with-c/messages", UNREACHABLE);
    await messages.write(row("c", 2), "still to be sent", null);
    sessionStorage.setItem("draft of me in c", "half a sentence");
    FakeSocket.newest.says({ type: "signed_out" });
    await settle();
    expect(session.me).toBe(null);
    messages.stop();
    expect(await kept()).toEqual([["still to be sent", "waiting"]]);
    expect(sessionStorage.getItem("draft of me in c")).toBe("half a sentence");
  });

  test("a message that is refused after its writer left is not kept", async () => {
    await arrive();
    let refuse: (answer: Response) => void = () => undefined;
    on("POST /people/with-c/messages", () => new Promise((resolve) => (refuse = resolve)));
    void messages.write(row("c", 2), "secret", null);
    await settle();
    on("DELETE /session", () => undefined);
    await session.signOut();
    messages.stop();
    refuse(refused(403, "other_removed"));
    await settle();
    expect([await kept(), await kept("")]).toEqual([[], []]);
  });

  test("what was asked for the one before is not shown to the next", async () => {
    await arrive();
    let answer: (page: unknown) => void = () => undefined;
    on("GET /conversations", () => new Promise((resolve) => (answer = resolve)));
    const asking = messages.list().catch(() => undefined);
    await settle();
    await session.leave();
    messages.stop();
    session.welcome(me("otto"));
    await messages.start("otto", 0);
    answer({ rows: [row("c", 2)], next: null, unread_chats: 1, waiting_chats: null });
    await asking;
    expect(messages.state.rows).toEqual({});
    expect(messages.state.me).toBe("otto");
  });

  test("told by the line before the answer comes, signing out is still done once and well", async () => {
    await arrive();
    on("DELETE /session", async () => {
      FakeSocket.newest.says({ type: "signed_out" });
      await settle();
    });
    await session.signOut();
    expect(session.me).toBe(null);
    expect(times("GET /entry")).toBe(1);
  });

  test("a browser that cannot be wiped still shows the sign-in page", async () => {
    await arrive();
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
