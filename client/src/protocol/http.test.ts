import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Problem, Unreachable, ask, carry, path, whenOutdated, whenSignedOut } from "./http.ts";
import { PROTOCOL } from "./version.ts";

const fetched = vi.fn<(address: string, options: RequestInit) => Promise<Response>>();

function problem(status: number, code: string, more: object = {}): Response {
  const document = {
    type: `/problems/${code}`,
    title: code,
    status,
    code,
    detail: "Because.",
    request_id: "r",
    rule: null,
    remedy: null,
    errors: [],
    retry_after: null,
    ...more,
  };
  return Response.json(document, { status });
}

/** What asking ends with. */
async function failure(): Promise<unknown> {
  return ask("GET", "/me").then(
    () => null,
    (reason: unknown) => reason,
  );
}

beforeEach(() => {
  vi.stubGlobal("fetch", fetched);
  fetched.mockReset();
  carry("word");
  whenSignedOut(() => undefined);
  whenOutdated(() => undefined);
});

afterEach(() => vi.unstubAllGlobals());

describe("a question", () => {
  test("carries the word against forgery, JSON as JSON, and no body when there is none", async () => {
    fetched.mockImplementation(async () => Response.json({ fine: true }));
    expect(await ask("POST", "/people/1/messages", { body: "ا" })).toEqual({ fine: true });
    const [address, options] = fetched.mock.calls[0] ?? ["", {}];
    expect(address).toBe("/api/v1/people/1/messages");
    expect(options).toMatchObject({
      method: "POST",
      body: '{"body":"ا"}',
      headers: { "X-CSRF-Token": "word", "Hallway-Protocol": String(PROTOCOL), "Content-Type": "application/json" },
    });
    await ask("DELETE", "/session");
    expect(fetched.mock.calls[1]?.[1]).toMatchObject({ body: null, headers: { "X-CSRF-Token": "word" } });
    expect(fetched.mock.calls[1]?.[1].headers).not.toHaveProperty("Content-Type");
  });

  test("carries the newest word", async () => {
    fetched.mockImplementation(async () => Response.json({}));
    carry("another");
    await ask("GET", "/me");
    expect(fetched.mock.calls[0]?.[1].headers).toHaveProperty("X-CSRF-Token", "another");
  });

  test("sends a file as it is", async () => {
    fetched.mockImplementation(async () => Response.json({}));
    const file = new Blob(["a,b"]);
    await ask("POST", "/admin/imports", file);
    expect(fetched.mock.calls[0]?.[1]).toMatchObject({ body: file, headers: { "Content-Type": "application/octet-stream" } });
  });

  test("answered with nothing gives nothing", async () => {
    fetched.mockImplementation(async () => new Response(null, { status: 204 }));
    expect(await ask("DELETE", "/session")).toBe(undefined);
  });
});

describe("a refusal", () => {
  test("is a Problem with its code, its words, and what is wrong by the field", async () => {
    fetched.mockResolvedValue(
      problem(422, "invalid", { errors: [{ pointer: "/body", code: "empty", message: "Write something first." }] }),
    );
    const found = (await failure()) as Problem;
    expect(found).toBeInstanceOf(Problem);
    expect([found.code, found.message, found.of("body"), found.of("key")]).toEqual([
      "invalid",
      "Because.",
      "Write something first.",
      undefined,
    ]);
  });

  test("in no words of ours is a fault with its status, and says when to come back if the header does", async () => {
    for (const body of ["<html>Bad</html>", "", "null"]) {
      fetched.mockResolvedValueOnce(new Response(body, { status: 429, headers: { "Retry-After": "7" } }));
      expect(((await failure()) as Problem).document).toMatchObject({ status: 429, code: "fault", detail: "", retry_after: 7, errors: [] });
    }
    fetched.mockResolvedValueOnce(new Response("", { status: 500, headers: { "Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT" } }));
    expect(((await failure()) as Problem).document).toMatchObject({ status: 500, retry_after: null });
  });

  test("for want of a session calls the listener; another 401 and another refusal do not", async () => {
    const signedOut = vi.fn();
    whenSignedOut(signedOut);
    for (const other of [problem(401, "sign_in_failed"), problem(403, "forbidden"), problem(404, "not_found")]) {
      fetched.mockResolvedValueOnce(other);
      expect(await failure()).toBeInstanceOf(Problem);
    }
    expect(signedOut).not.toHaveBeenCalled();
    fetched.mockResolvedValueOnce(problem(401, "signed_out"));
    expect(await failure()).toBeInstanceOf(Problem);
    expect(signedOut).toHaveBeenCalledOnce();
  });
});

describe("no answer", () => {
  test("is what a page of an older protocol gets: it calls the listener, and nothing is refused", async () => {
    const outdated = vi.fn();
    whenOutdated(outdated);
    fetched.mockResolvedValue(problem(426, "client_outdated"));
    expect(await failure()).toBeInstanceOf(Unreachable);
    expect(outdated).toHaveBeenCalledOnce();
  });

  test.each([502, 503, 504])("%i is nobody there: worth another try", async (status) => {
    fetched.mockResolvedValue(new Response("<html>Bad gateway</html>", { status }));
    expect(await failure()).toBeInstanceOf(Unreachable);
  });

  test("says how long the server asked to wait", async () => {
    fetched.mockResolvedValueOnce(problem(503, "busy", { retry_after: 2 }));
    expect(await failure()).toMatchObject({ retryAfter: 2 });
    fetched.mockResolvedValueOnce(new Response("", { status: 503 }));
    expect(await failure()).toMatchObject({ retryAfter: 0 });
  });

  test("is a network that is not there, or a server that takes too long", async () => {
    fetched.mockRejectedValueOnce(new TypeError("Failed to fetch"));
    expect(await failure()).toBeInstanceOf(Unreachable);
    fetched.mockRejectedValueOnce(new DOMException("", "TimeoutError"));
    expect(await failure()).toBeInstanceOf(Unreachable);
  });

  test("is also one that breaks off half-way", async () => {
    fetched.mockResolvedValueOnce(new Response('{"rows": [', { status: 200 }));
    expect(await failure()).toBeInstanceOf(Unreachable);
  });
});

test("an answer for somebody who has left is handed to nobody", async () => {
  let answer: (response: Response) => void = () => undefined;
  fetched.mockReturnValue(new Promise((resolve) => (answer = resolve)));
  const asked = failure();
  carry("");
  answer(Response.json({ person: "the one before" }));
  expect(await asked).toBeInstanceOf(Unreachable);
});

test("a path leaves out what is empty and spells out the rest", () => {
  expect(path("/people", { q: "Åsa & Otto", cursor: null, course_id: undefined, text: "" })).toBe("/people?q=%C3%85sa+%26+Otto");
  expect(path("/changes", { rev: 0, own_rev: 0, unread: false })).toBe("/changes?rev=0&own_rev=0&unread=false");
  expect(path("/people", { q: "" })).toBe("/people");
});
