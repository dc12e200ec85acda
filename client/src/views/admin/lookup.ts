/** Finding users by name in the portal's forms. */
import { ask, path } from "../../protocol/http.ts";
import type { AdminUsers } from "../../protocol/wire.ts";
import { t } from "../../i18n/i18n.svelte.ts";
import type { PersonOption } from "../people.ts";

/** Active users whom I administer. */
export async function findUsers(text: string): Promise<PersonOption[]> {
  const found = await ask<AdminUsers>("GET", path("/admin/users", { q: text, state: "active", limit: 20 }));
  return found.users.map((user) => ({ id: user.id, label: user.name, detail: [t(`role-${user.role}`), user.department].filter(Boolean).join(" · "), person: user }));
}
