// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PROTOCOL } from "../protocol/version.ts";
import type { ServerFrame } from "../protocol/wire.ts";
import { Socket } from "./socket.ts";

const BEAT = 25_000;

class FakeSocket {
  static all: FakeSocket[] = [];
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((closed: { code: number }) => void) | null = null;
  sent: unknown[] = [];
  isClosed = false;

  constructor(readonly address: string) {
    FakeSocket.all.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  /** As on a dead network: asked to close, it takes its time. */
  close(): void {
    this.isClosed = true;
  }

  says(...frames: ServerFrame[]): void {
    this.onmessage?.({ data: JSON.stringify(frames) });
  }

  ends(code = 1006): void {
    this.onclose?.({ code });
  }
}

const WELCOME: ServerFrame = { type: "welcome", version: PROTOCOL, user_id: "me", server_time: "2026-03-02T12:00:00Z" };
const DONE: ServerFrame = { type: "done", re: 0 };
const FACTS: ServerFrame = { type: "facts" };

let connection: Socket;
const listener = { connected: vi.fn(), lost: vi.fn(), heard: vi.fn(), signedOut: vi.fn(), outdated: vi.fn() };
const newest = () => FakeSocket.all.at(-1) as FakeSocket;
const count = () => FakeSocket.all.length;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.spyOn(Math, "random").mockReturnValue(1);
  FakeSocket.all = [];
  Object.values(listener).forEach((one) => one.mockReset());
  connection = new Socket(listener);
  connection.open();
});

afterEach(() => {
  connection.close();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test("it goes to our own server, and is connected when it is welcome", () => {
  expect(newest().address).toBe(`ws://${location.host}/api/v1/socket?protocol=${PROTOCOL}`);
  expect(listener.connected).not.toHaveBeenCalled();
  newest().says(WELCOME, FACTS);
  expect(listener.connected).toHaveBeenCalledOnce();
  expect(listener.heard).toHaveBeenCalledExactlyOnceWith([WELCOME, FACTS]);
});

test("a connection that was lost comes back, each time with more patience, and never with too much", () => {
  for (const patience of [1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000]) {
    newest().ends();
    const before = count();
    vi.advanceTimersByTime(patience - 1);
    expect(count()).toBe(before);
    vi.advanceTimersByTime(1);
    expect(count()).toBe(before + 1);
  }
  expect(listener.lost).toHaveBeenCalledTimes(7);
});

test("a welcome makes it impatient again", () => {
  newest().ends();
  vi.advanceTimersByTime(1_000);
  newest().ends();
  vi.advanceTimersByTime(2_000);
  newest().says(WELCOME);
  newest().ends();
  vi.advanceTimersByTime(1_000);
  expect(count()).toBe(4);
});

test("its patience is dice, so that not all come back at once", () => {
  vi.mocked(Math.random).mockReturnValue(0.25);
  newest().ends();
  vi.advanceTimersByTime(249);
  expect(count()).toBe(1);
  vi.advanceTimersByTime(1);
  expect(count()).toBe(2);
});

test("it asks whether the server is there, and an answer keeps the connection", () => {
  newest().says(WELCOME);
  for (let beat = 1; beat < 5; beat += 1) {
    vi.advanceTimersByTime(BEAT);
    expect(newest().sent).toHaveLength(beat);
    newest().says(DONE);
  }
  expect(newest().sent[0]).toEqual({ type: "ping", id: 0 });
  expect([count(), newest().isClosed]).toEqual([1, false]);
});

test("a connection that does not answer is given up at once, however long it takes to close", () => {
  newest().says(WELCOME);
  vi.advanceTimersByTime(2 * BEAT);
  expect(listener.lost).toHaveBeenCalledOnce();
  expect(newest().isClosed).toBe(true);
  vi.advanceTimersByTime(1_000);
  expect(count()).toBe(2);
  newest().says(WELCOME);
  expect(listener.connected).toHaveBeenCalledTimes(2);
});

test("a connection that never says welcome is given up too", () => {
  vi.advanceTimersByTime(BEAT);
  expect(listener.lost).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(1_000);
  expect(count()).toBe(2);
});

test("a socket that was given up is heard no more, nor does its end disturb the new one", () => {
  const old = newest();
  old.says(WELCOME);
  vi.advanceTimersByTime(2 * BEAT + 1_000);
  newest().says(WELCOME);
  Object.values(listener).forEach((one) => one.mockReset());
  old.says(FACTS);
  old.ends(4001);
  expect([listener.heard, listener.lost, listener.signedOut].map((one) => one.mock.calls.length)).toEqual([0, 0, 0]);
  newest().says(FACTS);
  expect(listener.heard).toHaveBeenCalledOnce();
});

test("signed out, by a frame or by the closing code, it says so and does not come back", () => {
  newest().says(WELCOME);
  newest().says({ type: "signed_out" });
  expect(listener.signedOut).toHaveBeenCalledOnce();
  newest().ends(4001);
  vi.advanceTimersByTime(60_000);
  expect(count()).toBe(1);
});

test("closed by its owner it is silent for good", () => {
  newest().says(WELCOME);
  connection.close();
  const socket = newest();
  expect(socket.isClosed).toBe(true);
  Object.values(listener).forEach((one) => one.mockReset());
  socket.says(FACTS);
  socket.ends(4001);
  dispatchEvent(new Event("online"));
  vi.advanceTimersByTime(10 * BEAT);
  expect([listener.heard, listener.lost, listener.signedOut].map((one) => one.mock.calls.length)).toEqual([0, 0, 0]);
  expect([count(), vi.getTimerCount()]).toEqual([1, 0]);
});

test("back in the network, or looked at again, it comes back at once and once", () => {
  for (const signal of [() => dispatchEvent(new Event("online")), () => document.dispatchEvent(new Event("visibilitychange"))]) {
    newest().ends();
    const before = count();
    signal();
    signal();
    expect(count()).toBe(before + 1);
    vi.advanceTimersByTime(20_000);
    expect(count()).toBe(before + 1);
  }
});

test("when the browser loses the network it is lost at once, and tries again", () => {
  newest().says(WELCOME);
  dispatchEvent(new Event("offline"));
  expect([listener.lost.mock.calls.length, newest().isClosed]).toEqual([1, true]);
  newest().ends();
  dispatchEvent(new Event("offline"));
  expect(listener.lost).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(1_000);
  expect(count()).toBe(2);
});

test("out of sight it waits for its time", () => {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  newest().ends();
  document.dispatchEvent(new Event("visibilitychange"));
  expect(count()).toBe(1);
  vi.advanceTimersByTime(1_000);
  expect(count()).toBe(2);
});

test("a newer server says so when it welcomes, or when it closes; then nothing is tried again", () => {
  newest().says(WELCOME);
  expect(listener.outdated).not.toHaveBeenCalled();
  newest().says({ ...WELCOME, version: PROTOCOL + 1 });
  expect(listener.outdated).toHaveBeenCalledOnce();
  newest().ends(4010);
  expect(listener.outdated).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(60_000);
  expect(count()).toBe(1);
});
