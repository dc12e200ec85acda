/** Putting a text on the clipboard, also where browsers give pages none: over plain HTTP they only copy what is selected. */
import { t } from "../i18n/i18n.svelte.ts";
import { toast } from "./toasts.svelte.ts";

/** Copy it and say so; where that cannot be done, say what else can be. */
export async function copy(text: string): Promise<void> {
  if ((await isWritten(text)) || isCopiedBySelection(text)) toast(t("copied"));
  else toast(t("not-copied"), { tone: "danger" });
}

async function isWritten(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** In the window that is open: nothing outside of it can be selected. */
function isCopiedBySelection(text: string): boolean {
  const before = document.activeElement as HTMLElement | null;
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.style.cssText = "position: fixed; inset-block-start: 0; opacity: 0";
  (before?.closest("dialog") ?? document.body).append(field);
  field.select();
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- Nothing else copies in a page without TLS.
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    before?.focus({ preventScroll: true });
  }
}
