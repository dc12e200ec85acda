/** A server that is played for the tests of the stores: what it answers, what it was asked, and a person who comes. */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, vi } from "vitest";
import { card, dialogWith } from "../model/played-people.ts";
import { PROTOCOL } from "../protocol/version.ts";
import type { Me, Message, Opened, Row, ServerFrame, Standing } from "../protocol/wire.ts";
import * as database from "../sync/database.ts";
import { StoredOutbox } from "../sync/outbox.ts";
import { messages } from "./messages.svelte.ts";
import { openChats } from "./open-chats.ts";
import { session } from "./session.svelte.ts";

const OPEN: Standing = { is_open: true, reason: null, because: null, rule: null, remedy: null, course: null };
export const WELCOME: ServerFrame = { type: "welcome", version: PROTOCOL, user_id: "me", server_time: "2026-03-02T12:00:00Z" };

export class FakeSocket {
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

export type Answer = () => unknown;

/** What the server answers, by method and path without its query; the last answer set stands. What it was asked, in order. */
export const server = { answers: new Map<string, Answer>(), asked: [] as string[] };

export function on(question: string, answer: Answer): void {
  server.answers.set(question, answer);
}

export function times(question: string): number {
  return server.asked.filter((one) => one.split("?")[0] === question).length;
}

export function refused(status: number, code: string, more: object = {}): Response {
  return Response.json(
    { type: "", title: "", status, code, detail: "", request_id: "", rule: null, remedy: null, errors: [], retry_after: null, ...more },
    { status },
  );
}

export const UNREACHABLE: Answer = () => Promise.reject(new TypeError("Failed to fetch"));

export async function fetched(address: string, options: RequestInit): Promise<Response> {
  const question = `${options.method} ${address.replace("/api/v1", "")}`;
  server.asked.push(question);
  const answer = server.answers.get(question.split("?")[0] ?? "");
  if (!answer) return refused(404, "not_found");
  const found = await answer();
  if (found instanceof Response) return found;
  return found === undefined ? new Response(null, { status: 204 }) : Response.json(found);
}

export function row(id: string, last: number, more: Partial<Row> = {}): Row {
  return {
    conversation_id: id,
    ...dialogWith(card(`with-${id}`, { name: id })),
    question: null,
    last_message: last ? message(id, last) : null,
    unread: 0,
    place: last ? 1 : null,
    rev: last,
    own_rev: 0,
    last_seq: last,
    read_seq: last,
    muted: false,
    muted_until: null,
    pinned: false,
    archived: null,
    unread_from: null,
    ...more,
  };
}

export function message(id: string, seq: number, more: Partial<Message> = {}): Message {
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
    reply_to: null,
    edited_at: null,
    reactions: [],
    preview: null,
    ...more,
  };
}

export function opened(id: string, last: number): Opened {
  return {
    row: row(id, last),
    standing: OPEN,
    history: { messages: Array.from({ length: last }, (_, at) => message(id, at + 1)), older: false, newer: false },
    about: null,
    office: null,
  };
}

export function changes(id: string, from: number, to: number) {
  const news = Array.from({ length: to - from }, (_, at) => message(id, from + at + 1));
  return { row: row(id, to), standing: OPEN, messages: news, hidden: [], restored: [], cleared_seq: 0, truncated: false };
}

export function me(id = "me", unread_chats = 0): Me {
  const person = { id, name: id, role: "learner", state: "active", title: "", department: null, photo: null } as const;
  const academy = {
    id: "a",
    name: "Harbour",
    messaging_on: true,
    mode: "strict",
    delete_for_everyone_seconds: 60,
    typing_on: false,
    largest_file: 0,
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
export async function settle(): Promise<void> {
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

/** Send frames to the page. */
export function says(...frames: ServerFrame[]): void {
  FakeSocket.newest.says(...frames);
}

/** A person comes, and the server welcomes them. */
export async function arrive(): Promise<void> {
  session.welcome(me());
  await messages.start("me", 0);
  FakeSocket.newest.says(WELCOME);
  await settle();
}

/** The connection breaks and comes back. */
export async function reconnect(): Promise<void> {
  FakeSocket.newest.onclose?.({ code: 1006 });
  dispatchEvent(new Event("online"));
  FakeSocket.newest.says(WELCOME);
  await settle();
}

export const bodies = (id: string) => openChats.chat(id)?.messages.map((one) => one.body) ?? [];
/** What the browser stores of a person's outbox. */
export const storedTexts = async (owner = "me") => (await new StoredOutbox(owner).all()).map((pending) => [pending.body, pending.status]);

/** For each test of the calling file: a server that has one chat, and nothing stored in the browser. */
export function playServer(): void {
  beforeEach(() => {
    for (const one of [localStorage, sessionStorage]) one.clear();
    vi.stubGlobal("indexedDB", new IDBFactory());
    vi.stubGlobal("WebSocket", FakeSocket);
    vi.stubGlobal("fetch", fetched);
    vi.stubGlobal("matchMedia", () => ({ matches: false }));
    [server.answers, server.asked] = [new Map<string, Answer>(), []];
    on("GET /me", () => me());
    on("GET /entry", () => ({ academy: "Harbour", needs_set_up: false, is_demo: false, has_mail: false }));
    on("GET /conversations", () => ({ rows: [row("c", 2)], next: null, unread_chats: 0, waiting_chats: null }));
    on("GET /conversations/c", () => opened("c", 2));
  });

  afterEach(async () => {
    messages.stop();
    await settle();
    // A test may have loaded the modules anew, as a page that is reloaded does.
    for (const { disconnect } of [database, await import("../sync/database.ts")]) await disconnect();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
}
