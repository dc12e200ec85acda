/** One way to ask the server: JSON in, JSON out, every refusal a `Problem`, no answer at all an `Unreachable`. */
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
export class Unreachable extends Error {}

let csrf = "";

/** Keep the word that every change must carry. */
export function carry(word: string): void {
  csrf = word;
}

export async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await reach(method, path, body);
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
  const document = await problemOf(response);
  if (response.status === 503 || response.status === 502) throw new Unreachable(document.detail);
  throw new Problem(document);
}

async function reach(method: string, path: string, body: unknown): Promise<Response> {
  const isRaw = body instanceof Blob;
  const headers: Record<string, string> = { "X-CSRF-Token": csrf };
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
  try {
    return (await response.json()) as ProblemDocument;
  } catch {
    const status = response.status;
    return { type: "", title: "", status, code: "fault", detail: "", request_id: "", rule: null, remedy: null, errors: [], retry_after: null };
  }
}

/** A path with its query; what is empty is left out. */
export function path(base: string, query: Record<string, string | number | boolean | null | undefined>): string {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return given.length ? `${base}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : base;
}
