/** A letter pressed alone: with Ctrl, Alt or Meta it is the browser's, or the system's. */
export function isKey(event: KeyboardEvent, letter: string): boolean {
  return event.key.toLowerCase() === letter && !event.ctrlKey && !event.metaKey && !event.altKey;
}
