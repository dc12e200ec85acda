/** Finding users by name in the portal's forms. */
import { ask, path } from "../../protocol/http.ts";
import type { AdminUsers } from "../../protocol/wire.ts";
import { t } from "../../i18n/i18n.svelte.ts";
import type { Choices } from "../../ui/Combobox.svelte";
import type { PersonOption } from "../people.ts";

/** Active users whom I administer. */
export async function findUsers(text: string): Promise<Choices<PersonOption>> {
  const found = await ask<AdminUsers>("GET", path("/admin/users", { q: text, state: "active", limit: 20 }));
  const options = found.users.map((user) => ({ id: user.id, label: user.name, detail: [t(`role-${user.role}`), user.department].filter(Boolean).join(" · "), person: user }));
  return { options, hasMore: found.next !== null };
}
