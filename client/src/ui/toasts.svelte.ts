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

class Toasts {
  shown = $state<Toast[]>([]);
  /** What the toasts stand above, at its upper edge, so that they cover nothing of it; else they stand at the lower edge of the window. */
  below = $state.raw<HTMLElement | null>(null);
  /** The room in pixels that they take there. */
  height = $state(0);
  #running = new Map<number, Running>();
  #isHeld = false;
  #last = 0;

  /** For as long as a view is there; its answer ends it. */
  standAbove(view: HTMLElement): () => void {
    this.below = view;
    return () => {
      if (this.below === view) this.below = null;
    };
  }

  /** Show it; the answer takes it away before its time. */
  add(text: string, { tone = "done", action, ms = USUAL_MS }: ToastOptions = {}): () => void {
    for (const same of this.shown.filter((one) => one.text === text && !one.action)) this.remove(same.id);
    const toast: Toast = { id: ++this.#last, text, tone, action: action ?? null };
    const running: Running = { toast, left: ms, since: 0, timer: undefined };
    this.#running.set(toast.id, running);
    this.shown = [...this.shown, toast];
    if (!this.#isHeld) this.#start(running);
    return () => this.remove(toast.id);
  }

  /** What they offer was offered to somebody else. */
  clear(): void {
    for (const { id } of this.shown) this.remove(id);
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
    if (this.#isHeld) return;
    this.#isHeld = true;
    for (const one of this.#running.values()) {
      clearTimeout(one.timer);
      one.left = Math.max(1000, one.left - (Date.now() - one.since));
    }
  }

  release(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    for (const one of this.#running.values()) this.#start(one);
  }

  #start(one: Running): void {
    clearTimeout(one.timer);
    one.since = Date.now();
    one.timer = setTimeout(() => this.remove(one.toast.id), one.left);
  }
}

export const toasts = new Toasts();

/** `toast(t("chat-deleted"), { action: { label: t("undo"), run } })` */
export function toast(text: string, options?: ToastOptions): () => void {
  return toasts.add(text, options);
}
