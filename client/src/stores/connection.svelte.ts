/** The connection to the server: whether it is there, and a new try where it was not. */
import { Problem, Unreachable, whenOutdated } from "../protocol/http.ts";
import type { ClientFrame, ServerFrame } from "../protocol/wire.ts";
import { Socket } from "../sync/socket.ts";

/** After an answer that did not come, in milliseconds. */
export const RETRY_MS = 3_000;

export interface Listener {
  /** Ask for what was missed. */
  resume: () => void;
  heard: (frames: ServerFrame[]) => void;
  signedOut: () => void;
}

class Connection {
  isOnline = $state(true);
  /** The server speaks a newer protocol than this page, which must be loaded anew. */
  isOutdated = $state(false);
  private isConnected = false;
  private socket: Socket | null = null;
  private resume = (): void => undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    whenOutdated(this.outdated);
  }

  open(listener: Listener): void {
    this.resume = listener.resume;
    const { outdated } = this;
    this.socket = new Socket({ ...listener, outdated, connected: () => this.connected(), lost: () => this.lost() });
    this.socket.open();
  }

  close(): void {
    this.socket?.close();
    clearTimeout(this.retry);
    this.isConnected = false;
    this.isOnline = true;
  }

  /** Say what may be lost. */
  say(frame: ClientFrame): void {
    this.socket?.say(frame);
  }

  private connected(): void {
    this.isConnected = true;
    this.resume();
  }

  private readonly outdated = (): void => {
    this.isOutdated = true;
  };

  private lost(): void {
    clearTimeout(this.retry);
    this.isConnected = this.isOnline = false;
  }

  /** What was missed was asked for. */
  resumed(isAnswered: boolean): void {
    this.isOnline = isAnswered && this.isConnected;
  }

  /** Answers whether the server did. What it did not answer is asked again soon, or by the next connection. */
  async quietly(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
    } catch (failure) {
      if (failure instanceof Problem) return true;
      if (!(failure instanceof Unreachable)) throw failure;
      this.isOnline = false;
      clearTimeout(this.retry);
      if (this.isConnected) this.retry = setTimeout(this.resume, RETRY_MS);
      return false;
    }
    return true;
  }
}

export const connection = new Connection();
