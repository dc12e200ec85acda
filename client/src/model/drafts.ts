/** A draft as one device knows it, and how it meets what the server has: pure functions from draft to draft (rules §17). */
import type { ChatDraft, CourseRef, Draft, SaveDraft } from "../protocol/wire.ts";
import { isVisible } from "./text.ts";

export const LONGEST = 4000;
const MOST_OTHERS = 3;

export interface LocalDraft {
  /** What stands in the composer. */
  readonly text: string;
  readonly replyTo: number | null;
  readonly course: CourseRef | null;
  /** What other devices wrote at the same moment. */
  readonly others: readonly string[];
  /** To whom it goes while their chat has no message. */
  readonly personId: string | null;
  /** The revision of the server's draft that is known here, 0 for none, and which of its texts is the composer's. */
  readonly base: number;
  readonly saved: string;
  /** Something here is not on the server yet. */
  readonly isChanged: boolean;
}

export const NOTHING: LocalDraft = {
  text: "",
  replyTo: null,
  course: null,
  others: [],
  personId: null,
  base: 0,
  saved: "",
  isChanged: false,
};

/** Something was typed, chosen, or sent. What stands there already is no change. */
export function changed(draft: LocalDraft, change: Partial<LocalDraft>): LocalDraft {
  const next = { ...draft, ...change };
  return same(next, draft) ? draft : { ...next, isChanged: true };
}

/** Whether two drafts say the same, whatever is known of the server. */
function same(one: LocalDraft, other: LocalDraft): boolean {
  const isSame = one.text === other.text && one.replyTo === other.replyTo && one.course?.id === other.course?.id;
  return isSame && one.others.join("\0") === other.others.join("\0");
}

/** Nothing of it needs to be remembered. */
export function isForgettable(draft: LocalDraft): boolean {
  return !draft.isChanged && !isVisible(draft.text) && !draft.others.length;
}

/** What the list shows of it. */
export function shownOf(draft: LocalDraft): string {
  return isVisible(draft.text) ? draft.text : (draft.others.at(-1) ?? "");
}

/** What is said to the server; a context without a text is none. */
export function toSave({ base, text, others, replyTo, course }: LocalDraft): SaveDraft {
  const isEmpty = !isVisible(text);
  return {
    base,
    text: isEmpty ? "" : text,
    others: others.slice(-MOST_OTHERS),
    reply_to: isEmpty ? null : replyTo,
    course_id: isEmpty ? null : (course?.id ?? null),
  };
}

/** What the server has, where nothing here is new: another device wrote, chose, sent or discarded. What the composer shows stays, if it is still among the texts. */
export function received(draft: LocalDraft, kept: Draft | null): LocalDraft {
  if (!kept) return { ...NOTHING, personId: draft.personId };
  const texts = [kept.text, ...kept.others];
  const text = texts.find((one) => one === draft.saved) ?? texts.find((one) => draft.saved && one.startsWith(draft.saved)) ?? kept.text;
  const { reply_to: replyTo, course, person_id: personId, revision: base } = kept;
  return {
    text,
    saved: text,
    others: besides(texts, text),
    base,
    personId: personId ?? draft.personId,
    ...(text === kept.text ? { replyTo, course } : { replyTo: draft.replyTo, course: draft.course }),
    isChanged: false,
  };
}

/** The server's answer to what was saved. What changed here meanwhile stays, and has yet to be saved. */
export function settled(now: LocalDraft, sent: LocalDraft, { draft: kept }: ChatDraft): LocalDraft {
  if (same(now, sent)) return received({ ...sent, saved: sent.text }, kept);
  const texts = kept ? [kept.text, ...kept.others] : [];
  const resolved = new Set(sent.others.filter((one) => !now.others.includes(one)));
  const others = besides(texts, sent.text).filter((one) => !resolved.has(one));
  return { ...now, others, base: kept?.revision ?? 0, saved: texts.includes(sent.text) ? sent.text : "" };
}

function besides(texts: readonly string[], mine: string): string[] {
  return texts.filter((one) => one !== mine && isVisible(one));
}

/** Two texts in one, with an empty line between. */
export function joined(text: string, other: string): string {
  return [text.trimEnd(), other.trim()].filter(Boolean).join("\n\n");
}
