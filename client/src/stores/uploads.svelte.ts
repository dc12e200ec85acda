/** Uploads: two at a time, on while one still types, after a lost line and after a reload; their messages wait for them. */
import { MOST_FILES, objection, sendable, type PendingFile, type Upload } from "../model/uploads.ts";
import { ask, Problem, Unreachable } from "../protocol/http.ts";
import type { Academy, UploadedFile } from "../protocol/wire.ts";
import { newKey } from "../sync/message-key.ts";
import { storage } from "../sync/storage.ts";
import { begin, send } from "../sync/tus.ts";
import type { StoredUploads } from "../sync/uploads.ts";
import { RETRY_MS } from "./connection.svelte.ts";
import { messagesState } from "./messages-state.svelte.ts";
import { outbox } from "./outbox.ts";

const AT_ONCE = 2;
/** A message that was taken away can be put back for so long, and its files with it. */
const UNDO_MS = 20_000;

class Uploads {
  private list = $state.raw<readonly Upload[]>([]);
  private readonly blobs = new Map<string, Blob>();
  private readonly pictures = new Map<string, string>();
  private readonly running = new Map<string, AbortController>();
  private stored: Promise<StoredUploads | undefined> = Promise.resolve(undefined);
  private me = "";
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private lastAt = 0;

  /** Go on with what an earlier page left; called again for the same person it does nothing. */
  async start(me: string): Promise<void> {
    if (this.me === me) return;
    this.stop();
    this.me = me;
    outbox.whenGone = (key, isSent) => this.left(key, isSent);
    outbox.whenStopped = () => this.stop();
    const stored = (this.stored = storage().then((loaded) => loaded && new loaded.StoredUploads(me)));
    const left = (await (await stored)?.all()) ?? [];
    if (this.stored !== stored) return;
    for (const { upload, blob } of left) {
      this.blobs.set(upload.key, blob);
      const isOver = upload.state === "ready" || upload.state === "failed";
      this.list = [...this.list, isOver ? upload : { ...upload, state: "waiting" }];
    }
    for (const one of this.list) this.hand(one);
    for (const one of this.list) if (one.message && !this.isAwaited(one)) void this.remove(one.key);
    this.pump();
  }

  /** Nothing of the person stays in the page; what is stored stays for them. */
  stop(): void {
    this.me = "";
    this.stored = Promise.resolve(undefined);
    clearTimeout(this.retryTimer);
    for (const one of this.running.values()) one.abort();
    for (const url of this.pictures.values()) URL.revokeObjectURL(url);
    for (const map of [this.running, this.pictures, this.blobs]) map.clear();
    this.list = [];
  }

  /** What stands in a chat's composer. */
  of(conversationId: string): Upload[] {
    return this.list.filter((one) => one.conversationId === conversationId && one.message === null);
  }

  find(key: string): Upload | undefined {
    return this.list.find((one) => one.key === key);
  }

  /** An address of the picture as it was chosen, for this page alone. */
  pictureOf(upload: Upload): string {
    const blob = this.blobs.get(upload.key);
    if (!blob || !/^image\/(png|jpeg|gif|webp)$/.test(upload.type)) return "";
    const url = this.pictures.get(upload.key) ?? URL.createObjectURL(blob);
    this.pictures.set(upload.key, url);
    return url;
  }

  /** Take files into a chat's composer; uploading begins at once. Answers how many were too many. */
  add(conversationId: string, files: readonly File[], academy: Academy): number {
    const room = MOST_FILES - sendable(this.of(conversationId)).length;
    const taken = files.slice(0, Math.max(0, room));
    for (const file of taken) {
      const reason = objection(file.size, 0, academy);
      const upload: Upload = {
        key: newKey(),
        conversationId,
        message: null,
        at: this.now(),
        name: file.name,
        size: file.size,
        type: file.type,
        id: null,
        sent: 0,
        state: reason ? "failed" : "waiting",
        reason,
        attachment: null,
      };
      this.blobs.set(upload.key, file);
      this.list = [...this.list, upload];
      if (!reason) void this.store(upload);
    }
    this.pump();
    return files.length - taken.length;
  }

  private now(): string {
    this.lastAt = Math.max(Date.now(), this.lastAt + 1);
    return new Date(this.lastAt).toISOString();
  }

  /** The files in a chat's composer become a message's, which waits for them. */
  take(conversationId: string, message: string): PendingFile[] {
    const taken = sendable(this.of(conversationId));
    for (const one of taken) this.change(one.key, { message });
    return taken.map(({ key, name, size, attachment }) => ({ key, name, size, attachment }));
  }

  retry(key: string): void {
    this.change(key, { state: "waiting", reason: null, id: null, sent: 0 });
    this.pump();
  }

  /** Cancel an upload, or take a file that is there out of the composer. */
  async remove(key: string, isSent = false): Promise<void> {
    const upload = this.find(key);
    this.running.get(key)?.abort();
    this.list = this.list.filter((one) => one.key !== key);
    this.blobs.delete(key);
    URL.revokeObjectURL(this.pictures.get(key) ?? "");
    this.pictures.delete(key);
    this.pump();
    await (await this.stored)?.remove(key);
    // What the server does not hear it removes by itself, a while later.
    if (upload?.id && !isSent) await ask("DELETE", `/uploads/${upload.id}`).catch(() => undefined);
  }

  /** A message left the outbox: sent, or taken away, which can be undone for a moment. */
  private left(message: string, isSent: boolean): void {
    const mine = this.list.filter((one) => one.message === message);
    if (isSent) for (const one of mine) void this.remove(one.key, true);
    else
      setTimeout(() => {
        for (const one of mine) if (!this.isAwaited(one)) void this.remove(one.key);
      }, UNDO_MS);
  }

  private isAwaited(upload: Upload): boolean {
    return messagesState.current.outbox.some((pending) => pending.files?.some((file) => file.key === upload.key));
  }

  private change(key: string, change: Partial<Upload>): void {
    this.list = this.list.map((one) => (one.key === key ? { ...one, ...change } : one));
    const changed = this.find(key);
    if (!changed) return;
    if (Object.keys(change).some((name) => name !== "sent")) void this.store(changed);
    this.hand(changed);
  }

  /** Tell the message what has become of its file. */
  private hand({ key, state, message, attachment, reason }: Upload): void {
    if (!message) return;
    if (state === "ready" && attachment) {
      messagesState.dispatch({ type: "uploaded", key: message, file: key, attachment });
      void outbox.send();
    } else if (state === "failed") void outbox.fail(message, reason ?? "file_refused");
  }

  private async store(upload: Upload): Promise<void> {
    const blob = this.blobs.get(upload.key);
    if (blob) await (await this.stored)?.put(upload, blob);
  }

  private pump(): void {
    for (const one of this.list) if (one.state === "waiting" && this.running.size < AT_ONCE) void this.run(one.key);
  }

  private async run(key: string): Promise<void> {
    const stop = new AbortController();
    this.running.set(key, stop);
    try {
      await this.upload(key, stop.signal);
    } catch (failure) {
      if (!stop.signal.aborted) this.failed(key, failure);
    } finally {
      if (this.running.get(key) === stop) this.running.delete(key);
      this.pump();
    }
  }

  private async upload(key: string, signal: AbortSignal): Promise<void> {
    const [upload, blob] = [this.find(key), this.blobs.get(key)];
    if (!upload || !blob) return;
    this.change(key, { state: "uploading" });
    const id = upload.id ?? (await begin(upload.name, upload.size, signal));
    if (id !== upload.id) this.change(key, { id });
    await send(id, blob, (sent) => this.change(key, { sent }), signal);
    this.change(key, { state: "checking", sent: upload.size });
    for (;;) {
      const file = await ask<UploadedFile>("GET", `/files/${id}`);
      if (signal.aborted) return;
      if (file.state === "ready") return void this.change(key, { state: "ready", attachment: file.attachment });
      if (file.state !== "checking") return void this.change(key, { state: "failed", reason: file.reason ?? "file_refused" });
    }
  }

  /** A line that is lost is waited for; an upload that the server does not know any more begins anew, once. */
  private failed(key: string, failure: unknown): void {
    if (failure instanceof Unreachable) {
      this.change(key, { state: "paused" });
      clearTimeout(this.retryTimer);
      this.retryTimer = setTimeout(() => this.goOn(), Math.max(RETRY_MS, failure.retryAfter * 1000));
    } else if (failure instanceof Problem) {
      const isLost = failure.document.status === 404 && this.find(key)?.id;
      this.change(key, isLost ? { id: null, sent: 0, state: "waiting" } : { state: "failed", reason: failure.code });
    } else throw failure;
  }

  private goOn(): void {
    for (const one of this.list) if (one.state === "paused") this.change(one.key, { state: "waiting" });
    this.pump();
  }
}

export const uploads = new Uploads();
