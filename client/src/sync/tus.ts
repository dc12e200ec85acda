/**
 * Uploads that go on after a lost line, by the tus protocol 1.0.0. Our own few lines, since each request must carry what
 * `protocol/http.ts` carries, and every refusal is a `Problem`; by XMLHttpRequest, which alone says how much has gone.
 */
import { credentials, problemIn, Problem, Unreachable } from "../protocol/http.ts";
import type { UploadedFile } from "../protocol/wire.ts";

/** Bytes of a request: as much is sent anew at most, where a line is lost without the server seeing it. */
const PIECE = 4 * 1024 * 1024;
const OFFSET_MOVED = 409;
const LATER = [0, 401, 408, 423, 426, 429, 500, 502, 503, 504];

interface Asked {
  headers?: Record<string, string>;
  body?: Blob;
  onprogress?: (bytes: number) => void;
  signal?: AbortSignal;
}

/** Begin an upload; throws `Problem` or `Unreachable`, as everything here. */
export async function begin(name: string, size: number, signal: AbortSignal): Promise<string> {
  const bytes = Array.from(new TextEncoder().encode(name), (byte) => String.fromCharCode(byte)).join("");
  const headers = { "Upload-Length": String(size), "Upload-Metadata": `filename ${btoa(bytes)}` };
  const answer = await request("POST", "/uploads", { headers, signal });
  return (JSON.parse(answer.responseText) as UploadedFile).id;
}

/** Send all that the server does not have yet; `onprogress` hears how many bytes are there. */
export async function send(id: string, file: Blob, onprogress: (bytes: number) => void, signal: AbortSignal): Promise<void> {
  let offset = await offsetOf(id, signal);
  while (offset < file.size) {
    onprogress(offset);
    const from = offset;
    const headers = { "Upload-Offset": String(from), "Content-Type": "application/offset+octet-stream" };
    const body = file.slice(from, from + PIECE);
    try {
      const answer = await request("PATCH", `/uploads/${id}`, { headers, body, signal, onprogress: (bytes) => onprogress(from + bytes) });
      offset = Number(answer.getResponseHeader("Upload-Offset"));
    } catch (failure) {
      // A line that was lost before brought more than was known, or another page goes on with it.
      if (!(failure instanceof Problem) || failure.document.status !== OFFSET_MOVED) throw failure;
      offset = await offsetOf(id, signal);
      if (offset === from) throw failure;
    }
  }
}

async function offsetOf(id: string, signal: AbortSignal): Promise<number> {
  const answer = await request("HEAD", `/uploads/${id}`, { signal });
  return Number(answer.getResponseHeader("Upload-Offset"));
}

function request(method: string, path: string, { headers = {}, body, onprogress, signal }: Asked): Promise<XMLHttpRequest> {
  return new Promise((resolve, reject) => {
    const line = new XMLHttpRequest();
    line.open(method, `/api/v1${path}`);
    const all = { ...credentials(), "Tus-Resumable": "1.0.0", ...headers };
    for (const [name, value] of Object.entries(all)) line.setRequestHeader(name, value);
    line.upload.onprogress = ({ loaded }) => onprogress?.(loaded);
    line.onloadend = () => {
      if (line.status >= 200 && line.status < 300) resolve(line);
      else if (LATER.includes(line.status)) reject(new Unreachable("No answer.", Number(line.getResponseHeader("Retry-After"))));
      else reject(new Problem(problemIn(line.responseText, line.status)));
    };
    signal?.addEventListener("abort", () => line.abort(), { once: true });
    line.send(body ?? null);
  });
}
