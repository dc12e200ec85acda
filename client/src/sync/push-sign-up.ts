/** Sign this browser up at the push service of its maker, to be notified while no page is open. */
import type { SignUp } from "../protocol/wire.ts";
import { canPush } from "./pushes.ts";

/** Whether the person said no to this browser, which only they can take back, in its settings. */
export function isRefused(): boolean {
  return canPush() && Notification.permission === "denied";
}

/** Ask the person, then the push service. Null when either says no. */
export async function subscribe(key: string): Promise<SignUp | null> {
  if ((await Notification.requestPermission()) !== "granted") return null;
  const registration = await navigator.serviceWorker.ready;
  await (await registration.pushManager.getSubscription())?.unsubscribe();
  const { endpoint, keys } = (
    await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) })
  ).toJSON();
  return endpoint && keys ? { endpoint, p256dh: keys.p256dh ?? "", auth: keys.auth ?? "", name: nameOfBrowser() } : null;
}

function bytes(key: string): Uint8Array<ArrayBuffer> {
  const text = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** "Chrome, Android": enough for people to know their browsers apart. */
export function nameOfBrowser(agent: string = navigator.userAgent): string {
  const browser = [
    ["Edg", "Edge"],
    ["OPR", "Opera"],
    ["Firefox", "Firefox"],
    ["Chrom", "Chrome"],
    ["Safari", "Safari"],
  ].find(([sign = ""]) => agent.includes(sign))?.[1];
  const system = ["Android", "iPhone", "iPad", "Windows", "Mac", "Linux"].find((sign) => agent.includes(sign));
  return [browser ?? "Browser", system].filter(Boolean).join(", ");
}
