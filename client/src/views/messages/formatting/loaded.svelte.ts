/** Formatting, once some text needs it. Until then, and where it can't be loaded, texts are shown as they were written. */
import { readWith } from "../words.svelte.ts";
import { isMarked } from "./marked-text.ts";

type Formatting = typeof import("./formatting.ts");

let loaded = $state.raw<Formatting>();

/** What shows a text with marks; undefined for a text without any, and while it is loaded. */
export function formattingOf(text: string): Formatting | undefined {
  if (!isMarked(text)) return undefined;
  if (!loaded)
    void import("./formatting.ts").then(
      (all) => (loaded = all),
      () => undefined,
    );
  return loaded;
}

readWith((text) => formattingOf(text)?.plain(text) ?? text);
