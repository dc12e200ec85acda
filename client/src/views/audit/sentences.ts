/** What entries of the audit log say: a sentence, from where, and the facts before and after. */
import { known, t, wording } from "../../i18n/i18n.svelte.ts";
import type { AuditEntry } from "../../protocol/wire.ts";

type Value = AuditEntry["before"][string] | undefined;

export interface Part {
  text: string;
  /** A name or a value, set apart from the sentence in weight and direction. */
  isName: boolean;
}

export interface Fact {
  label: string;
  before: string;
  after: string;
}

/** Signs from Unicode's private area: no catalogue has them, and names come without control characters. */
const [OPEN, CLOSE] = ["\ue000", "\ue001"];

/** What somebody did, in parts. An action that this client does not know yet is shown by its own name. */
export function sentence(entry: AuditEntry): Part[] {
  const count = Number(entry.after["entries"] ?? entry.after["users"] ?? 0);
  const values = {
    person: name(entry.person?.name),
    thing: name(entry.target.name),
    from: name(value(entry, "role", entry.before["role"])),
    to: name(value(entry, "role", entry.after["role"])),
    count,
  };
  return split(known(sentenceId(entry), values) ?? entry.action);
}

function sentenceId(entry: AuditEntry): string {
  if (entry.action === "entry.failed" && !entry.person) return "audit-entry-failed-unknown";
  return `audit-${entry.action.replaceAll(/[._]/g, "-")}`;
}

function name(text: string | undefined): string {
  return `${OPEN}${text || "…"}${CLOSE}`;
}

function split(text: string): Part[] {
  return text
    .split(/(\ue000[^\ue000\ue001]*\ue001)/)
    .filter(Boolean)
    .map((part) => (part.startsWith(OPEN) ? { text: part.slice(1, -1), isName: true } : { text: part, isName: false }));
}

/** Who did it: a person, or what acts without one. */
export function doer(entry: AuditEntry): string {
  return entry.by?.name ?? t(`audit-by-${entry.via}`);
}

/** Whether no person sat before a screen: their marks are square. */
export function isMachine(entry: AuditEntry): boolean {
  return entry.via === "token" || entry.via === "system" || entry.via === "command" || !entry.by;
}

/** From where, in words and as an address. */
export function place(entry: AuditEntry): string {
  return t(`audit-via-${entry.via}`);
}

/** The facts that changed, a line for each. */
export function facts(entry: AuditEntry): Fact[] {
  const names = [...new Set([...Object.keys(entry.before), ...Object.keys(entry.after)])].filter((one) => !one.endsWith("_total"));
  return names.map((one) => ({
    label: labelOf(one),
    before: value(entry, one, entry.before[one]),
    after: value(entry, one, entry.after[one]),
  }));
}

function labelOf(fact: string): string {
  return known(`fact-${fact}`) ?? fact;
}

function value(entry: AuditEntry, fact: string, given: Value): string {
  if (given === undefined || given === null || given === "") return "";
  if (typeof given === "boolean") return t(given ? "audit-yes" : "audit-no");
  if (typeof given === "number") return new Intl.NumberFormat(wording.language).format(given);
  if (Array.isArray(given))
    return new Intl.ListFormat(wording.language).format(given.map((one) => (fact === "texts" ? labelOf(one) : named(entry, one))));
  if (fact === "role" || fact === "mode" || fact === "status") return t(`${fact}-${given}`);
  return named(entry, given);
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function named(entry: AuditEntry, text: string): string {
  return entry.names[text] ?? (ID.test(text) ? t("audit-gone") : text);
}
