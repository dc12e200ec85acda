/** The web socket to the server: connects, listens, and connects again with growing patience. */
import { PROTOCOL } from "../protocol/version.ts";
import type { ClientFrame, ServerFrame } from "../protocol/wire.ts";

export interface SocketListener {
  /** The connection is there: ask for what was missed. */
  connected(): void;
  lost(): void;
  heard(frames: ServerFrame[]): void;
  signedOut(): void;
  /** The server speaks a newer protocol than this page. */
  outdated(): void;
}

const SHORTEST_MS = 500;
const LONGEST_MS = 20_000;
const HEARTBEAT_MS = 25_000;
const SIGNED_OUT = 4001;
const SILENT = 4002;
const OUTDATED = 4010;

export class Socket {
  private socket: WebSocket | null = null;
  private tries = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private heartbeat: ReturnType<typeof setInterval> | undefined;
  private isWanted = false;
  private isAnswered = false;

  constructor(private readonly listener: SocketListener) {}

  open(): void {
    this.isWanted = true;
    addEventListener("online", this.now);
    addEventListener("offline", this.gone);
    document.addEventListener("visibilitychange", this.now);
    this.connect();
  }

  close(): void {
    this.isWanted = false;
    removeEventListener("online", this.now);
    removeEventListener("offline", this.gone);
    document.removeEventListener("visibilitychange", this.now);
    clearTimeout(this.timer);
    this.drop()?.close();
  }

  /** Say what may be lost. */
  say(frame: ClientFrame): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  /** Let go of the socket: from now on it is heard by nobody, however long it takes to close. */
  private drop(): WebSocket | null {
    const socket = this.socket;
    this.socket = null;
    clearInterval(this.heartbeat);
    return socket;
  }

  private readonly now = (): void => {
    if (this.isWanted && !this.socket && document.visibilityState === "visible") this.connect();
  };

  /** Give the socket up when the browser loses the network, which it often knows long before the socket does. */
  private readonly gone = (): void => {
    const socket = this.socket;
    if (!socket) return;
    this.lose(socket, SILENT);
    socket.close();
  };

  private connect(): void {
    clearTimeout(this.timer);
    if (this.socket) return;
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/api/v1/socket?protocol=${PROTOCOL}`);
    this.socket = socket;
    this.isAnswered = false;
    this.beat();
    socket.onmessage = (message) => this.hear(socket, JSON.parse(String(message.data)) as ServerFrame[]);
    socket.onclose = (closed) => this.lose(socket, closed.code);
  }

  private hear(socket: WebSocket, frames: ServerFrame[]): void {
    if (this.socket !== socket) return;
    this.isAnswered = true;
    const welcome = frames.find((frame) => frame.type === "welcome");
    if (welcome && welcome.version > PROTOCOL) this.listener.outdated();
    if (welcome) {
      this.tries = 0;
      this.listener.connected();
    }
    if (frames.some((frame) => frame.type === "signed_out")) this.listener.signedOut();
    this.listener.heard(frames);
  }

  /** Give up a connection that stays silent when asked, or never says welcome: it is dead, though the browser does not know it. */
  private beat(): void {
    clearInterval(this.heartbeat);
    this.heartbeat = setInterval(() => {
      const socket = this.socket;
      if (socket && !this.isAnswered) {
        this.lose(socket, SILENT);
        socket.close();
        return;
      }
      this.isAnswered = false;
      socket?.send(JSON.stringify({ type: "ping", id: 0 }));
    }, HEARTBEAT_MS);
  }

  private lose(socket: WebSocket, code: number): void {
    if (this.socket !== socket) return;
    this.drop();
    this.listener.lost();
    if (code === SIGNED_OUT) this.listener.signedOut();
    else if (code === OUTDATED) this.listener.outdated();
    else if (this.isWanted) this.timer = setTimeout(() => this.connect(), this.patience());
  }

  /** Wait with full jitter: many clients that lost the same server do not come back in the same instant. */
  private patience(): number {
    this.tries += 1;
    return Math.random() * Math.min(LONGEST_MS, SHORTEST_MS * 2 ** this.tries);
  }
}
