/** Where a floating box goes: under its anchor, or above it when there is no room, and always inside the window. */

const EDGE = 8;
const GAP = 4;

export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Room {
  width: number;
  height: number;
}

/** Top left corner in pixels. `isLeft`: the left edges meet; else the right ones. */
export function spot(anchor: Box, size: Room, view: Room, isLeft: boolean): { x: number; y: number } {
  const x = isLeft ? anchor.left : anchor.right - size.width;
  const below = anchor.bottom + GAP;
  const above = anchor.top - GAP - size.height;
  const y = below + size.height <= view.height - EDGE || above < EDGE ? below : above;
  return { x: within(x, view.width - size.width - EDGE), y: within(y, view.height - size.height - EDGE) };
}

function within(value: number, most: number): number {
  return Math.max(EDGE, Math.min(value, most));
}

/** Puts the box there, through the `--x` and `--y` that its style sheet uses. */
export function place(box: HTMLElement, anchor: HTMLElement, align: "start" | "end"): void {
  const isRightToLeft = getComputedStyle(anchor).direction === "rtl";
  const size = { width: box.offsetWidth, height: box.offsetHeight };
  const view = { width: document.documentElement.clientWidth, height: innerHeight };
  const { x, y } = spot(anchor.getBoundingClientRect(), size, view, (align === "start") !== isRightToLeft);
  box.style.setProperty("--x", `${x}px`);
  box.style.setProperty("--y", `${y}px`);
}

/** What can be seen of an element inside the box that scrolls it. */
export function visiblePart(element: HTMLElement): Box {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  let frame = element.parentElement;
  while (frame && !/auto|scroll/.test(getComputedStyle(frame).overflowY)) frame = frame.parentElement;
  const edges = frame?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight };
  return { left, right, top: Math.max(top, edges.top), bottom: Math.min(bottom, edges.bottom) };
}
