/** Where one lands after signing in: at the page that was asked for, if it is one of ours. */

/** What is there before anybody signs in. */
export const OUTSIDE: readonly string[] = ["sign-in", "set-up", "link", "stop-mails", "forgot-password"];

/** The address of a page of ours, as the address bar has it; empty for anything else, whatever it is made to look like. */
export function ownAddress(wanted: string, origin: string = location.origin): string {
  if (!wanted.startsWith("/") || !URL.canParse(wanted, origin)) return "";
  const url = new URL(wanted, origin);
  const place = url.pathname.split("/").find(Boolean) ?? "";
  const isOurs = url.origin === origin && !url.pathname.startsWith("//");
  if (!isOurs || place === "" || place === "api" || OUTSIDE.includes(place)) return "";
  return url.pathname + url.search + url.hash;
}

/** The sign-in page that leads to an address afterwards. */
export function signInFor(address: string): string {
  const next = ownAddress(address);
  return next ? `/sign-in?next=${encodeURIComponent(next)}` : "/sign-in";
}
