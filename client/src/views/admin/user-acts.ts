/** Deactivating, activating and removing somebody, as the portal does it. */
import { t } from "../../i18n/i18n.svelte.ts";
import { ask } from "../../protocol/http.ts";
import type { AdminUser } from "../../protocol/wire.ts";
import { confirmed, perform } from "../acts.svelte.ts";

/** `reload` brings the list up to date. */
export function deactivate(user: AdminUser, reload: () => Promise<void>): void {
  const { name } = user;
  confirmed({
    title: t("deactivate-title", { name }),
    text: t("deactivate-text"),
    confirm: t("deactivate"),
    run: () => step(user, "deactivate", reload),
    done: t("deactivated", { name }),
    undo: () => step(user, "activate", reload),
  });
}

export function activate(user: AdminUser, reload: () => Promise<void>): void {
  void perform({
    run: () => step(user, "activate", reload),
    done: t("activated", { name: user.name }),
    undo: () => step(user, "deactivate", reload),
  });
}

export function remove({ id, name }: AdminUser, reload: () => Promise<void>): void {
  confirmed({
    title: t("remove-user-title", { name }),
    text: t("remove-user-text"),
    confirm: t("remove-user"),
    run: async () => {
      await ask("DELETE", `/admin/users/${id}`);
      await reload();
    },
    done: t("removed", { name }),
  });
}

async function step({ id }: AdminUser, to: "deactivate" | "activate", reload: () => Promise<void>): Promise<void> {
  await ask("POST", `/admin/users/${id}/${to}`);
  await reload();
}
