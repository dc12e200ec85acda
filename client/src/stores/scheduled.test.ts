// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from "vitest";
import { empty } from "../model/chats.ts";
import type { Row, Scheduled } from "../protocol/wire.ts";
import { messages } from "./messages.svelte.ts";
import { messagesState } from "./messages-state.svelte.ts";
import { scheduled } from "./scheduled.svelte.ts";

const one = (id: string, due: string, more: Partial<Scheduled> = {}): Scheduled => ({
  id,
  conversation_id: "chat",
  person_id: null,
  title: "Daniel",
  key: `key-of-${id}`,
  body: id,
  course: null,
  reply_to: null,
  files: [],
  due_at: due,
  local: null,
  state: "waiting",
  refusal: null,
  revision: 1,
  created_at: "2026-03-01T12:00:00Z",
  ...more,
});
const [EARLY, LATE] = [one("early", "2026-03-02T09:00:00Z"), one("late", "2026-03-03T09:00:00Z")];
const REFUSED = one("refused", "2026-03-04T09:00:00Z", { state: "refused" });

/** What was asked, and what the server has. */
let asked: [string, string, unknown][] = [];
let kept: Scheduled[] = [];

function answer(method: string, path: string, body: unknown): unknown {
  if (method === "GET") return { scheduled: kept };
  if (method === "PATCH") return { ...EARLY, ...(body as object), revision: 2 };
  return path.endsWith("/scheduled") ? EARLY : undefined;
}

vi.stubGlobal("fetch", (path: string, { method, body }: { method: string; body: string | null }) => {
  const content: unknown = body === null ? null : JSON.parse(body);
  asked.push([method, path.replace("/api/v1", ""), content]);
  const answered = answer(method, path, content);
  return Promise.resolve(
    new Response(answered === undefined ? null : JSON.stringify(answered), { status: answered === undefined ? 204 : 200 }),
  );
});

const ids = () => scheduled.all.map(({ id }) => id);
let person = 0;

beforeEach(async () => {
  [asked, kept, person] = [[], [LATE, REFUSED, EARLY], person + 1];
  messagesState.begin(empty(`maya-${person}`));
  scheduled.start(`maya-${person}`);
  await scheduled.load();
});

test("what was refused stands first, then what waits, the first due first", () => {
  expect(ids()).toEqual(["refused", "early", "late"]);
  expect(scheduled.of("another chat")).toEqual([]);
});

test("when the server says that something changed, it is asked", async () => {
  kept = [LATE];
  for (const hear of messages.hearers) hear({ type: "scheduled", conversation_id: "chat" });
  await vi.waitFor(() => expect(ids()).toEqual(["late"]));
});

test("whoever comes next sees nothing of it", () => {
  messagesState.begin(empty("priya"));
  expect(scheduled.all).toEqual([]);
});

test("it is scheduled in a chat, or to a person with whom there is none yet", async () => {
  const row = { kind: "dialog", conversation_id: "chat", last_seq: 3, participants: [{ person: { id: "daniel" } }] } as unknown as Row;
  const at = { time: "2026-03-02T09:00:00", zone: "Europe/Berlin" };
  const written = { key: "a-key", body: "Later", course: null, replyTo: 2, files: ["file"] };
  await scheduled.schedule(row, written, at);
  await scheduled.schedule({ ...row, last_seq: 0 }, { ...written, replyTo: undefined }, at);
  const posts = asked.filter(([method]) => method === "POST");
  expect(posts[0]).toEqual([
    "POST",
    "/conversations/chat/scheduled",
    { key: "a-key", body: "Later", at, course_id: null, reply_to: 2, files: ["file"] },
  ]);
  expect(posts[1]?.[1]).toBe("/people/daniel/scheduled");
});

test("a change says which revision was seen, and is shown at once", async () => {
  await scheduled.change(EARLY, { body: "Other" });
  expect(asked.at(-1)).toEqual(["PATCH", "/scheduled/early", { revision: 1, body: "Other" }]);
  expect(scheduled.all.find(({ id }) => id === "early")?.revision).toBe(2);
});

test("what was cancelled leaves at once, and comes back under another key", async () => {
  await scheduled.cancel(EARLY);
  expect(ids()).toEqual(["refused", "late"]);
  await scheduled.again(EARLY);
  const [, path, body] = asked.at(-1) ?? [];
  expect(path).toBe("/conversations/chat/scheduled");
  expect((body as { key: string; at: string }).key).not.toBe(EARLY.key);
  expect((body as { key: string; at: string }).at).toBe(EARLY.due_at);
});
