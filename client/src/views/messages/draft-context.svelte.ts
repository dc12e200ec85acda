/** What a draft replies to and which course it asks about: what one chooses in the chat goes into the draft, what another device chose comes out of it. */
import { untrack } from "svelte";
import { isVisible } from "../../model/text.ts";
import type { CourseRef } from "../../protocol/wire.ts";
import { drafting } from "../../stores/drafting.svelte.ts";

export interface DraftContext {
  replyTo: number | null;
  course: CourseRef | null;
}

/** How a chat shows a context. */
export interface Shown {
  /** What is chosen there now; undefined while a message is edited, which is no part of a draft. */
  now: () => DraftContext | undefined;
  onreply: (seq: number | null) => Promise<void>;
  oncourse: (course: CourseRef | null) => void;
}

const NONE: DraftContext = { replyTo: null, course: null };

/** Follow a chat's draft for as long as the calling component is there. */
export function followDraft(id: string, { now, onreply, oncourse }: Shown): void {
  let before = NONE;
  let isComing = false;
  const draft = $derived(drafting.of(id));

  $effect.pre(() => {
    const { replyTo, course } = draft;
    untrack(() => void come({ replyTo, course }));
  });

  $effect(() => {
    const chosen = now();
    const context = chosen && isVisible(draft.text) ? chosen : NONE;
    if (!chosen || isComing) return;
    before = context;
    untrack(() => drafting.write(id, { replyTo: context.replyTo, course: context.course }));
  });

  async function come(next: DraftContext) {
    const chosen = now();
    const last = before;
    before = next;
    if (!chosen) return;
    // An address that asks for a course says what is wanted now.
    if (next.course?.id !== last.course?.id && !(chosen.course && last === NONE)) oncourse(next.course);
    if (next.replyTo === last.replyTo || next.replyTo === chosen.replyTo) return;
    isComing = true;
    await onreply(next.replyTo);
    isComing = false;
  }
}
