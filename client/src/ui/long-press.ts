/** A finger that rests on something opens what a pointer finds beside it. Nothing may need it: not every hand can do it. */

const REST_MS = 500;
/** Pixels that a resting finger may still move. */
const SLACK = 10;

/**
 * For `{@attach longPress(selector, onpress)}`: `onpress` gets what was pressed, an element of `selector` inside. The
 * click and the browser's own menu that belong to the same press do not come; what can be pressed within keeps its own.
 */
export function longPress(selector: string, onpress: (pressed: HTMLElement) => void): (box: HTMLElement) => () => void {
  return (box) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let start = { x: 0, y: 0 };
    let isLong = false;
    const ending = new AbortController();

    function on<K extends keyof HTMLElementEventMap>(name: K, listener: (event: HTMLElementEventMap[K]) => void): void {
      box.addEventListener(name, listener, { signal: ending.signal, capture: true });
    }

    function pressedBy({ target }: Event): HTMLElement | null {
      const pressed = (target as Element).closest<HTMLElement>(selector);
      const own = (target as Element).closest("a, button, input, [popover]");
      return own && own !== pressed ? null : pressed;
    }

    const stop = (): void => clearTimeout(timer);

    on("pointerdown", (event) => {
      stop();
      isLong = false;
      const pressed = event.pointerType === "touch" && event.isPrimary ? pressedBy(event) : null;
      if (!pressed) return;
      start = { x: event.clientX, y: event.clientY };
      timer = setTimeout(() => {
        // Afterwards: it may press a button by itself, whose click is to come.
        onpress(pressed);
        isLong = true;
      }, REST_MS);
    });
    on("pointermove", (event) => {
      if (Math.hypot(event.clientX - start.x, event.clientY - start.y) > SLACK) stop();
    });
    on("pointerup", stop);
    on("pointercancel", stop);
    on("contextmenu", (event) => {
      if (event.pointerType === "touch" && pressedBy(event)) event.preventDefault();
    });
    // What the browser makes of the press once it ends would take the focus out of what was opened.
    const swallow = (event: Event): void => {
      if (isLong && event.cancelable) event.preventDefault();
    };
    on("touchend", swallow);
    on("mousedown", swallow);
    on("click", (event) => {
      if (!isLong) return;
      isLong = false;
      event.preventDefault();
      event.stopPropagation();
    });

    return () => {
      stop();
      ending.abort();
    };
  };
}
