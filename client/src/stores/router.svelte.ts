/** Where we are: the address bar as state. */
import { back, leaveStep } from "../ui/layers.ts";

class Router {
  path = $state(location.pathname);
  query = $state(location.search);

  constructor() {
    addEventListener("popstate", () => this.read());
  }

  read(): void {
    this.path = location.pathname;
    this.query = location.search;
  }

  get parts(): string[] {
    return this.path.split("/").filter(Boolean);
  }

  /** A parameter of the query; empty when it is not there. */
  parameter(name: string): string {
    return new URLSearchParams(this.query).get(name) ?? "";
  }
}

export const route = new Router();

/** Go to an address of ours. `isReplacing` leaves no step to come back to. */
export function go(address: string, isReplacing = false): void {
  const left = leaveStep();
  if (left) return void left.then(() => go(address, isReplacing));
  if (isReplacing) history.replaceState(history.state, "", address);
  else history.pushState({ from: location.pathname }, "", address);
  route.read();
}

/** Go up to where this page belongs: a step back where one came from there, as the browser's own back does. */
export async function goUp(address: string): Promise<void> {
  await leaveStep();
  const { from } = (history.state ?? {}) as { from?: string };
  if (from === address.split("?")[0]) await back();
  else go(address, true);
}

/** Clicks on links of ours stay in the page; those that ask for a new tab are left alone. */
export function stayOnPage(click: MouseEvent): void {
  const link = (click.target as Element).closest?.("a");
  const isOurs = link?.origin === location.origin && !link.target && !link.hasAttribute("download");
  const isPlain = click.button === 0 && !(click.metaKey || click.ctrlKey || click.shiftKey || click.altKey);
  if (!link || !isOurs || !isPlain || click.defaultPrevented || link.pathname.startsWith("/api/")) return;
  click.preventDefault();
  if (link.dataset["up"] !== undefined) void goUp(link.pathname);
  else go(link.pathname + link.search);
}
