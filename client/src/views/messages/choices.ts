/** What can be done with a chat as a whole: the same in its row's menu and in its own. */
import { t } from "../../i18n/i18n.svelte.ts";
import { isArchived, isMuted } from "../../model/filters.ts";
import type { Row } from "../../protocol/wire.ts";

export interface ChatActs {
  mark: (row: Row) => void;
  pin: (row: Row) => void;
  archive: (row: Row) => void;
  mute: (row: Row) => void;
  remove: (row: Row) => void;
}

type Icon = "check" | "unread" | "pin" | "archive" | "bell" | "silent" | "trash";

interface Choice {
  label: string;
  icon: Icon;
  isDanger?: boolean;
  onselect: () => void;
}

/** With a chat without a message there is nothing to do yet; one that was deleted has no place in list or archive. */
export function choicesOf(row: Row, acts: ChatActs, now: number): Choice[] {
  if (!row.last_seq) return [];
  const isSilent = isMuted(row, now);
  return [
    choice(row.unread ? "mark-read" : "mark-unread", row.unread ? "check" : "unread", () => acts.mark(row)),
    ...(row.place === null && !isArchived(row) ? [] : placing(row, acts)),
    choice(isSilent ? "unmute-chat" : "mute-chat", isSilent ? "bell" : "silent", () => acts.mute(row)),
    { ...choice("delete-chat", "trash", () => acts.remove(row)), isDanger: true },
  ];
}

function placing(row: Row, acts: ChatActs): Choice[] {
  return [
    choice(row.pinned ? "unpin-chat" : "pin-chat", "pin", () => acts.pin(row)),
    choice(isArchived(row) ? "unarchive-chat" : "archive-chat", "archive", () => acts.archive(row)),
  ];
}

function choice(words: string, icon: Icon, onselect: () => void): Choice {
  return { label: t(words), icon, onselect };
}
