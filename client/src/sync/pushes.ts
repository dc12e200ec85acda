/** Web pushes in this browser: whether it can, and the end of what was shown. Signing up for them is in `push-sign-up.ts`. */

/** Whether it can: a safe address, a worker, a push service. On a phone from Apple only the installed app can. */
export function canPush(): boolean {
  return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
}

/** End the subscription of this browser. */
export async function unsubscribe(): Promise<void> {
  if (!canPush()) return;
  const registration = await navigator.serviceWorker.getRegistration();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

/** Close what the worker shows of a chat that is read now, and what it shows without a sound: whoever reads here needs none of it. */
export async function withdraw(conversationId: string): Promise<void> {
  const registration = await globalThis.navigator?.serviceWorker?.getRegistration();
  for (const shown of (await registration?.getNotifications()) ?? []) if (shown.tag === conversationId || shown.silent) shown.close();
}
