/** A message in a line, where there is no room for more. */
import { t } from "../../i18n/i18n.svelte.ts";
import type { Attachment } from "../../protocol/wire.ts";
import { wordsOf } from "./words.svelte.ts";

/** What a message says in a list where there is no room for its files: its words, else what they are. */
export function lineOf(body: string, files: readonly { name: string; kind?: Attachment["kind"] }[] = []): string {
  const [first] = files;
  if (body || !first) return wordsOf(body);
  const isAll = files.every((one) => one.kind === "picture");
  if (isAll) return t("line-pictures", { count: files.length });
  return files.length > 1
    ? t("line-files", { count: files.length })
    : t(`line-${first.kind === "video" ? "video" : "file"}`, { name: first.name });
}
