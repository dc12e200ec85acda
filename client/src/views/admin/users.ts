/** How the list of users is filtered and sorted, and what its cells say. */
import { shortWhen, t } from "../../i18n/i18n.svelte.ts";
import type { AdminUser, UserChoice, UserCounts } from "../../protocol/wire.ts";
import type { Choice } from "../../ui/Select.svelte";

export type Order = "name" | "login" | "email" | "role" | "department" | "status" | "seen" | "created";
export interface Sorting {
  by: Order;
  descending: boolean;
}

const ORDERS: readonly Order[] = ["name", "login", "email", "role", "department", "seen", "status", "created"];
const LABELS: Record<Order, string> = {
  name: "name",
  login: "login",
  email: "email",
  role: "role",
  department: "department",
  seen: "last-seen",
  status: "state",
  created: "created",
};

/** Another column begins as one reads it, the newest first; the same one turns around. */
export function sorted(before: Sorting, by: Order): Sorting {
  if (before.by === by) return { by, descending: !before.descending };
  return { by, descending: by === "seen" || by === "created" };
}

/** Each order in both directions, for a list without heads. */
export function orders(): Choice[] {
  return ORDERS.flatMap((by) =>
    [false, true].map((descending) => ({
      value: `${by} ${descending}`,
      label: t(descending ? "sorted-descending" : "sorted-ascending", { column: t(LABELS[by]) }),
    })),
  );
}

export function sortingOf(value: string): Sorting {
  const [by = "name", descending] = value.split(" ");
  return { by: by as Order, descending: descending === "true" };
}

/** What the selects of the list hold, as texts. */
interface Filters {
  text: string;
  role: string;
  status: string;
  department: string;
  seen: string;
}

export const NO_FILTERS: Filters = { text: "", role: "", status: "", department: "", seen: "" };
const NEVER = "never";

/** The filter as the API takes it; what is empty is left out. */
export function choice({ text, role, status, department, seen }: Filters): UserChoice {
  const parts = {
    q: text,
    role,
    status,
    department_id: department,
    not_seen_days: seen && seen !== NEVER ? Number(seen) : "",
    never_seen: seen === NEVER ? true : "",
  };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== "")) as UserChoice;
}

export function statusChoices(counts: UserCounts | undefined): Choice[] {
  const numbered = (["active", "invited", "link_expired", "not_invited", "deactivated"] as const).map((value) => ({
    value,
    label: counted(t(`status-${value}`), counts?.[value]),
  }));
  return [{ value: "", label: t("all-statuses") }, ...numbered, { value: "removed", label: t("status-removed") }];
}

export function seenChoices(counts: UserCounts | undefined): Choice[] {
  const days = [30, 90, 180].map((count) => ({ value: String(count), label: t("not-seen-days", { count }) }));
  return [{ value: "", label: t("seen-any-time") }, { value: NEVER, label: counted(t("never-signed-in"), counts?.never_seen) }, ...days];
}

function counted(label: string, count: number | undefined): string {
  return count === undefined ? label : t("label-with-count", { label, count });
}

/** When somebody was last seen. Those from before it was noted have the year 1970. */
export function lastSeen(user: AdminUser): string {
  if (!user.seen_at) return t("when-never");
  return new Date(user.seen_at).getFullYear() < 2000 ? t("seen-a-while-ago") : shortWhen(user.seen_at);
}

export function dayOrNever(iso: string | null): string {
  return iso ? shortWhen(iso) : "—";
}
