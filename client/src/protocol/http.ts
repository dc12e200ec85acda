/** One way to ask the server: JSON in, JSON out, every refusal a `Problem`, no answer at all an `Unreachable`. */
import { PROTOCOL } from "./version.ts";
import type { ProblemDocument } from "./wire.ts";

const PATIENCE_MS = 20_000;

export class Problem extends Error {
  constructor(readonly document: ProblemDocument) {
    super(document.detail);
  }

  get code(): string {
    return this.document.code;
  }

  /** What is wrong with a field, if anything. */
  of(field: string): string | undefined {
    return this.document.errors?.find((one) => one.pointer === `/${field}`)?.message;
  }
}

/** The server did not answer: no network, or a server that is down or too busy. Worth another try. */
export class Unreachable extends Error {
  /** @param retryAfter seconds that the server asked to wait, 0 when it said nothing. */
  constructor(
    message: string,
    readonly retryAfter = 0,
  ) {
    super(message);
  }
}

const OUT_OF_SERVICE = [502, 503, 504];
const OUTDATED = 426;

let csrf = "";
let signedOut = (): void => undefined;
let outdated = (): void => undefined;

/** Keep the word that every change must carry. */
export function carry(word: string): void {
  csrf = word;
}

/** Set the listener for the answer that nobody is signed in (any more). */
export function whenSignedOut(listener: () => void): void {
  signedOut = listener;
}

/** Set the listener for the answer that this page speaks an older protocol than the server. */
export function whenOutdated(listener: () => void): void {
  outdated = listener;
}

/** Throws `Problem` or `Unreachable`. What was asked for somebody who has left meanwhile is handed to nobody. */
export async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const asker = csrf;
  const response = await reach(method, path, body);
  const answer = response.ok ? await contentOf<T>(response) : await problemOf(response);
  if (csrf !== asker) throw new Unreachable("Somebody else is here now.");
  if (response.ok) return answer as T;
  const document = answer as ProblemDocument;
  if (OUT_OF_SERVICE.includes(response.status)) throw new Unreachable(document.detail, document.retry_after ?? 0);
  if (response.status === OUTDATED) {
    outdated();
    // The page that comes next asks again.
    throw new Unreachable(document.detail);
  }
  if (document.status === 401 && document.code === "signed_out") signedOut();
  throw new Problem(document);
}

/** An answer that breaks off on the way is no answer. */
async function contentOf<T>(response: Response): Promise<T> {
  try {
    return (response.status === 204 ? undefined : await response.json()) as T;
  } catch {
    throw new Unreachable("The answer did not come through.");
  }
}

/** What every request of ours carries. */
export function credentials(): Record<string, string> {
  return { "X-CSRF-Token": csrf, "Hallway-Protocol": String(PROTOCOL) };
}

async function reach(method: string, path: string, body: unknown): Promise<Response> {
  const isRaw = body instanceof Blob;
  const headers = credentials();
  if (body !== undefined) headers["Content-Type"] = isRaw ? "application/octet-stream" : "application/json";
  try {
    return await fetch(`/api/v1${path}`, {
      method,
      headers,
      body: body === undefined ? null : isRaw ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    throw new Unreachable("No answer from the server.");
  }
}

async function problemOf(response: Response): Promise<ProblemDocument> {
  const retry = Number(response.headers.get("Retry-After")) || null;
  return problemIn(await response.text().catch(() => ""), response.status, retry);
}

/** The server's problem document, or one in its place: what stands between us and the server has other words. */
export function problemIn(text: string, status: number, retry_after: number | null = null): ProblemDocument {
  const blank = {
    type: "",
    title: "",
    status,
    code: "fault",
    detail: "",
    request_id: "",
    rule: null,
    remedy: null,
    errors: [],
    retry_after,
  };
  try {
    return { ...blank, ...(JSON.parse(text) as Partial<ProblemDocument>), status };
  } catch {
    return blank;
  }
}

/** A path with its query; what is empty is left out. */
export function path(base: string, query: Record<string, string | number | boolean | null | undefined>): string {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return given.length ? `${base}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : base;
}
