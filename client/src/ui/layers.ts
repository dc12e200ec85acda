/**
 * What lies over the page: windows and menus. On a phone the system's way back takes the topmost away, not the page.
 *
 * One step of the history, above the page's own and with its address, stands for all of them while there are any.
 */
import { phone, pointer } from "./media.svelte.ts";

const layers: (() => void)[] = [];
let leaving: Promise<void> | null = null;

// Also a step that one comes forward to, or that was reloaded, when what it stood for is gone.
dropStep();
addEventListener("popstate", () => {
  if (leaving) return;
  if (isAtStep()) return void dropStep();
  layers.at(-1)?.();
  // For those below it, and for one that may not close now.
  setTimeout(addStep);
});

/** Lie over the page until the answer is called; `close` is called by the way back. */
export function layOver(close: () => void): () => void {
  layers.push(close);
  addStep();
  return () => {
    layers.splice(layers.indexOf(close), 1);
    // What follows at once may be another layer.
    setTimeout(dropStep);
  };
}

/** Return to the page's own step, from which alone one may go to another page; null where one is there. */
export function leaveStep(): Promise<void> | null {
  if (isAtStep()) leaving ??= back().finally(() => (leaving = null));
  return leaving;
}

/** Go a step back in the history, and be there. */
export function back(): Promise<void> {
  const arrived = new Promise<void>((resolve) => addEventListener("popstate", () => resolve(), { once: true }));
  history.back();
  return arrived;
}

function isAtStep(): boolean {
  return (history.state as { isLayer?: boolean } | null)?.isLayer === true;
}

function addStep(): void {
  if (layers.length && !leaving && !isAtStep() && (phone.current || !pointer.current))
    history.pushState({ ...history.state, isLayer: true }, "");
}

function dropStep(): void {
  if (!layers.length) void leaveStep()?.then(addStep);
}
