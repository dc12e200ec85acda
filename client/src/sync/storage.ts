/**
 * Load the code that stores things in the browser: it is no part of the first screen, and comes right behind it. Undefined where
 * it does not come; the page works without it, as it does where the browser stores nothing.
 */
export function storage(): Promise<typeof import("./stored.ts") | undefined> {
  return stored().catch(() => undefined);
}

/** Remove everything that is stored; throws where that fails. */
export async function wipe(): Promise<void> {
  await (await stored()).wipe();
}

function stored(): Promise<typeof import("./stored.ts")> {
  return import("./stored.ts");
}
