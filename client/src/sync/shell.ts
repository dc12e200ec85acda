/** The page without a network: the worker that keeps its files, and the mark on the app's icon. */

/** Begin once the page has settled: the first screen needs the network and the processor more. */
export function keepShell(): void {
  // Only a safe address has workers.
  if (!("serviceWorker" in navigator)) return;
  if (document.readyState === "complete") void register();
  else addEventListener("load", () => void register(), { once: true });
}

async function register(): Promise<void> {
  try {
    await navigator.serviceWorker.register("/worker.js");
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage(performance.getEntriesByType("resource").map((one) => new URL(one.name).pathname));
  } catch {
    // Without it the page needs a network, as before.
  }
}

/** Whether this page runs as an app of its own, outside of the browser's tabs. */
export function isInstalled(): boolean {
  return matchMedia("(display-mode: standalone)").matches;
}

/** The number of unread chats on the icon of the installed app, where the system shows one. */
export function markIcon(unread: number): void {
  if (!("setAppBadge" in navigator)) return;
  (unread ? navigator.setAppBadge(unread) : navigator.clearAppBadge()).catch(() => undefined);
}
