/** Short words at the edge of the screen, each for a few seconds, perhaps with one thing to do about it. */

const USUAL_MS = 6000;

export interface Toast {
  id: number;
  text: string;
  tone: "done" | "danger";
  action: { label: string; run: () => void } | null;
}

export interface ToastOptions {
  tone?: Toast["tone"];
  action?: { label: string; run: () => void };
  ms?: number;
}

interface Running {
  toast: Toast;
  left: number;
  since: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

class ToastShelf {
  shown = $state<Toast[]>([]);
  #running = new Map<number, Running>();
  #holds = 0;
  #last = 0;

  /** Show it; the answer takes it away before its time. */
  add(text: string, { tone = "done", action, ms = USUAL_MS }: ToastOptions = {}): () => void {
    const toast: Toast = { id: ++this.#last, text, tone, action: action ?? null };
    const running: Running = { toast, left: ms, since: 0, timer: undefined };
    this.#running.set(toast.id, running);
    this.shown = [...this.shown, toast];
    if (this.#holds === 0) this.#start(running);
    return () => this.remove(toast.id);
  }

  remove(id: number): void {
    clearTimeout(this.#running.get(id)?.timer);
    this.#running.delete(id);
    this.shown = this.shown.filter((one) => one.id !== id);
  }

  /** Do what the toast offers, once. */
  run(id: number): void {
    const running = this.#running.get(id);
    this.remove(id);
    running?.toast.action?.run();
  }

  /** The newest offer, for those who use the keyboard. */
  runNewest(): boolean {
    const toast = this.shown.findLast((one) => one.action);
    if (toast) this.run(toast.id);
    return toast !== undefined;
  }

  /** Time stands still while somebody points at a toast or is inside it. */
  hold(): void {
    this.#holds += 1;
    if (this.#holds > 1) return;
    for (const one of this.#running.values()) {
      clearTimeout(one.timer);
      one.left = Math.max(1000, one.left - (Date.now() - one.since));
    }
  }

  release(): void {
    this.#holds = Math.max(0, this.#holds - 1);
    if (this.#holds === 0) for (const one of this.#running.values()) this.#start(one);
  }

  #start(one: Running): void {
    clearTimeout(one.timer);
    one.since = Date.now();
    one.timer = setTimeout(() => this.remove(one.toast.id), one.left);
  }
}

export const toasts = new ToastShelf();

/** `toast(t("chat-deleted"), { action: { label: t("undo"), run } })` */
export function toast(text: string, options?: ToastOptions): () => void {
  return toasts.add(text, options);
}
