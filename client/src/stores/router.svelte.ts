/** Where we are: the address bar as state. */

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
  if (isReplacing) history.replaceState(history.state, "", address);
  else history.pushState({ from: location.pathname }, "", address);
  route.read();
}

/** Go up to where this page belongs: a step back where one came from there, as the browser's own back does. */
export async function goUp(address: string): Promise<void> {
  const { from } = (history.state ?? {}) as { from?: string };
  if (from !== address) return go(address, true);
  const arrived = new Promise((resolve) => addEventListener("popstate", resolve, { once: true }));
  history.back();
  await arrived;
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
