/** The choice that marks a chat unread, or read again: the same in its row's menu and in its own. */
import { t } from "../../i18n/i18n.svelte.ts";
import type { Row } from "../../protocol/wire.ts";
import type { MenuItem } from "../../ui/Menu.svelte";

export function markItem(row: Row, onselect: () => void): MenuItem {
  return row.unread ? { label: t("mark-read"), icon: "check", onselect } : { label: t("mark-unread"), icon: "unread", onselect };
}
