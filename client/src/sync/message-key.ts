/** Make a message's key: 80 random bits behind the time of its making, by which keys sort. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return Date.now().toString(16).padStart(12, "0") + Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
