/** The roles, from the one that may do most, as choices of a field. */
import { t } from "../i18n/i18n.svelte.ts";
import type { Me, Role } from "../protocol/wire.ts";
import type { Choice } from "../ui/Select.svelte";

const GRANTED: readonly Role[] = ["administrator", "department_administrator", "author", "learner"];
const GRANTED_IN_DEPARTMENTS: readonly Role[] = ["author", "learner"];
export const ROLES: readonly Role[] = ["owner", ...GRANTED];

/** Those that somebody may give to new people. */
export function grantableBy(me: Me): readonly Role[] {
  return me.can.manage_account ? GRANTED : GRANTED_IN_DEPARTMENTS;
}

export function roleChoices(roles: readonly Role[]): Choice[] {
  return roles.map((value) => ({ value, label: t(`role-${value}`) }));
}
