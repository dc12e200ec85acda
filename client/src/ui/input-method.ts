/** The keys of an input method: with them people choose the letters of Japanese, Chinese, Korean and others, and they are no keys of ours. */

/** What browsers call a key that an input method takes. Safari tells of the Enter that confirms only like this, after the composition. */
const TAKEN = 229;

function isTakenByInputMethod(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Safari says it in no other way.
  return event.isComposing || event.keyCode === TAKEN;
}

/** The one guard of all handlers of keys, those to come too: it stands before them and lets no such key through. */
export function guardInputMethod(page: EventTarget): void {
  for (const kind of ["keydown", "keyup"]) page.addEventListener(kind, (event) => guard(event as KeyboardEvent), { capture: true });
}

function guard(event: KeyboardEvent): void {
  if (!isTakenByInputMethod(event)) return;
  event.stopImmediatePropagation();
  // The browser's own Escape would close the dialog or the menu around the text.
  if (event.key === "Escape") event.preventDefault();
}
