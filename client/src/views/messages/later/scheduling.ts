/** From the composer to the server: what was written is scheduled with its files, or stays where it is. */
import { t } from "../../../i18n/i18n.svelte.ts";
import { sendable } from "../../../model/uploads.ts";
import type { CourseRef, Row } from "../../../protocol/wire.ts";
import { scheduled, type When } from "../../../stores/scheduled.svelte.ts";
import { uploads } from "../../../stores/uploads.svelte.ts";
import { newKey } from "../../../sync/message-key.ts";
import { toast } from "../../../ui/toasts.svelte.ts";
import { laterWords } from "./failing.ts";
import { when } from "./times.ts";

/** What was tried last: tried again, it goes by the same key, so that it is scheduled once although an answer was lost. */
let last = { content: "", key: "" };

/** Answers whether it is scheduled; if not, that was said, and nothing was taken away. */
export async function sendLater(row: Row, body: string, about: CourseRef | null, replyTo: number | undefined, at: When): Promise<boolean> {
  const files = sendable(uploads.of(row.conversation_id));
  const ready = files.flatMap(({ attachment }) => (attachment ? [attachment.id] : []));
  if (ready.length < files.length) {
    toast(t("later-files-wait"), { tone: "danger" });
    return false;
  }
  const content = JSON.stringify([row.conversation_id, body, ready]);
  if (last.content !== content) last = { content, key: newKey() };
  const { key } = last;
  try {
    const done = await scheduled.schedule(row, { key, body, course: about, replyTo, files: ready }, at);
    toast(t("later-done", { when: when(Date.parse(done.due_at), Date.now()) }));
  } catch (failure) {
    toast(laterWords(failure), { tone: "danger" });
    return false;
  }
  last = { content: "", key: "" };
  for (const one of files) void uploads.remove(one.key, true);
  return true;
}
