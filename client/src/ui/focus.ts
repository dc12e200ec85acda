/** Where the focus goes when what has it may leave the page: to a neighbour, never to the page itself. */

const CONTROLS =
  "a[href], button:not([disabled]), input:not([disabled], [type=hidden]), select:not([disabled]), textarea:not([disabled]), [tabindex='0']";
const ITEM = "li, tr";
const PLACES = "section, dialog, main, [role=region]";

/**
 * Remembers who stands around an element that has the focus; asked later, answers the best that is still there: the
 * element itself, `preferred`, the last control of the next or of the previous item of its list, the heading of its section.
 */
export function neighbourOf(from: Element | null, preferred?: () => HTMLElement | null): () => HTMLElement | null {
  const nearby = siblingsOf(from?.closest(ITEM) ?? null);
  const places = ancestorsOf(from);
  return () => {
    if (from instanceof HTMLElement && isSeen(from) && from.matches(CONTROLS)) return from;
    const wanted = preferred?.();
    if (wanted && isSeen(wanted)) return wanted;
    for (const item of nearby) {
      const control = [...item.querySelectorAll<HTMLElement>(CONTROLS)].findLast(isSeen);
      if (control) return control;
    }
    return headingOf(places.find(isSeen) ?? document.querySelector("main"));
  };
}

/** What had the focus left, and nothing has it now. */
export function isFocusLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

/** Still on the page, and not hidden. */
function isSeen(element: Element): boolean {
  return element.isConnected && (element.checkVisibility?.({ visibilityProperty: true }) ?? true);
}

/** Those behind it first, the nearest first. */
function siblingsOf(item: Element | null): Element[] {
  const all = [...(item?.parentElement?.children ?? [])];
  const at = item ? all.indexOf(item) : 0;
  return [...all.slice(at + 1), ...all.slice(0, Math.max(0, at)).reverse()];
}

function ancestorsOf(from: Element | null): Element[] {
  const found: Element[] = [];
  for (let place = from?.closest(PLACES); place; place = place.parentElement?.closest(PLACES)) found.push(place);
  return found;
}

function headingOf(place: Element | null): HTMLElement | null {
  const heading = place?.querySelector<HTMLElement>("h1, h2, h3") ?? (place as HTMLElement | null);
  if (heading && !heading.matches(CONTROLS)) heading.tabIndex = -1;
  return heading;
}
