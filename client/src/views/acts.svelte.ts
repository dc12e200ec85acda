/** What changes much at a press: asked first, done, said with a way back where there is one, and the focus handed on. */
import { tick } from "svelte";
import { t } from "../i18n/i18n.svelte.ts";
import { isFocusLost, neighbourOf } from "../ui/focus.ts";
import { toast } from "../ui/toasts.svelte.ts";
import { trying } from "./failures.svelte.ts";

export interface Act {
  /** What is done, and the view brought up to date. */
  run: () => Promise<unknown>;
  /** Said once it is done. */
  done: string | (() => string);
  /** The way back, where there is one. */
  undo?: () => Promise<unknown>;
  /** A better neighbour for the focus than the next item of the list, once what was pressed is gone. */
  neighbour?: () => HTMLElement | null;
}

interface Question {
  title: string;
  /** What follows, for conversations above all. */
  text: string;
  /** The word on the button that does it. */
  confirm: string;
}

export type Asked = Act &
  Question & {
    /** Where the focus goes: to what was pressed, or to its neighbour. */
    next: () => HTMLElement | null;
  };

class Confirmation {
  asked = $state.raw<Asked | null>(null);
  isBusy = $state(false);

  async confirm(): Promise<void> {
    const { asked } = this;
    if (!asked || this.isBusy) return;
    this.isBusy = true;
    await carryOut(asked);
    // The list is without what left before the window closes and hands the focus on.
    await tick();
    this.isBusy = false;
    this.cancel();
  }

  cancel(): void {
    if (!this.isBusy) this.asked = null;
  }

  /** Whoever was asked has gone. */
  forget(): void {
    this.asked = null;
  }
}

export const confirmation = new Confirmation();

/** Ask, and do it when it is confirmed. */
export function confirmed(act: Act & Question): void {
  confirmation.asked = { ...act, next: neighbourOf(document.activeElement, act.neighbour) };
}

/** Do it at once: for what harms nobody, or can be undone whole. */
export async function perform(act: Act): Promise<void> {
  await keepingFocus(() => carryOut(act));
}

/** Do what may take the pressed button away. */
export async function keepingFocus(work: () => Promise<unknown>): Promise<void> {
  const next = neighbourOf(document.activeElement);
  await work();
  await tick();
  if (isFocusLost()) next()?.focus();
}

async function carryOut({ run, done, undo }: Act): Promise<void> {
  await trying(async () => {
    await run();
    toast(typeof done === "string" ? done : done(), undo ? { action: { label: t("undo"), run: () => void trying(undo) } } : {});
  });
}
