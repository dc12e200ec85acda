/** A file on its way to the server, and what becomes of it there. */
import type { Academy, Attachment } from "../protocol/wire.ts";

export interface Upload {
  key: string;
  conversationId: string;
  /** The key of the message that waits for it; null while it stands in the composer. */
  message: string | null;
  at: string;
  name: string;
  size: number;
  /** What the browser takes it for: only for its picture in the composer. */
  type: string;
  /** Its id on the server, once it was begun there. */
  id: string | null;
  sent: number;
  state: "waiting" | "uploading" | "paused" | "checking" | "ready" | "failed";
  /** Why it failed: a code of `file-…` in the catalogue. */
  reason: string | null;
  attachment: Attachment | null;
}

/** A file of a message that waits to be sent: the message goes when each has its attachment. */
export interface PendingFile {
  key: string;
  name: string;
  size: number;
  attachment: Attachment | null;
}

export const MOST_FILES = 10;

/** Why a file cannot be sent, as far as it can be known before it is uploaded; null where nothing is known against it. */
export function objection(size: number, before: number, academy: Academy): string | null {
  if (before >= MOST_FILES) return "too-many";
  return size > largest(academy) ? "file_too_large" : null;
}

/** Bytes of the largest file that may be sent; 0 where none may, or where the server is older. */
export function largest(academy: Academy): number {
  return academy.largest_file ?? 0;
}

/** Forward may be pressed with these: what failed stays in the composer. */
export function sendable(uploads: readonly Upload[]): Upload[] {
  return uploads.filter((one) => one.state !== "failed");
}

/** A long name loses its middle, never its ending. */
export function shortName(name: string, most = 28): string {
  const letters = [...name];
  if (letters.length <= most) return name;
  const end = Math.max(8, Math.floor(most / 3));
  return `${letters.slice(0, most - end - 1).join("")}…${letters.slice(-end).join("")}`;
}

/** What a file is called on its icon: its ending, where it is short enough for one. */
export function endingOf(name: string): string {
  const ending = /\.([A-Za-z0-9]{1,4})$/.exec(name)?.[1] ?? "";
  return ending.toUpperCase();
}
