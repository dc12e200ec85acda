/** What is done to many people at once: begun, watched until it is done, stopped and undone. */
import { ask } from "../protocol/http.ts";
import type { BulkAction, UserChoice } from "../protocol/wire.ts";
import { words } from "./failures.svelte.ts";

const LOOK_EVERY_MS = 400;

/** Those who are chosen: some by their ids, or as many as a filter finds. */
export type Whom = { user_ids: string[] } | { chosen: UserChoice; expected?: number };
type Field = BulkAction["field"];
export type Act = "deactivate" | "activate" | "department" | "role" | "invite";

export class Bulk {
  action = $state.raw<BulkAction | null>(null);
  failure = $state("");
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isLeft = false;
  /** An answer that a later question has overtaken is dropped. */
  #turn = 0;

  constructor(private readonly ondone: (done: BulkAction) => void) {}

  get isWorking(): boolean {
    return this.action !== null && this.action.state !== "done";
  }

  begin(field: Field, value: string, whom: Whom): Promise<void> {
    return this.#step(() => ask<BulkAction>("POST", "/admin/bulk-actions", { field, value, ...whom }));
  }

  undo(id: string): Promise<void> {
    return this.#step(() => ask<BulkAction>("POST", `/admin/bulk-actions/${id}/undo`));
  }

  /** Whom the server has not come to yet is left as they are. */
  stop(): Promise<void> {
    clearTimeout(this.#timer);
    return this.#step(() => ask<BulkAction>("POST", `/admin/bulk-actions/${this.action?.id}/stop`));
  }

  /** Look no more; the server goes on. */
  leave(): void {
    this.#isLeft = true;
    clearTimeout(this.#timer);
  }

  async #step(work: () => Promise<BulkAction>): Promise<void> {
    this.failure = "";
    const mine = (this.#turn += 1);
    try {
      const found = await work();
      if (mine !== this.#turn) return;
      this.action = found;
    } catch (reason) {
      if (mine === this.#turn) this.failure = words(reason);
      return;
    }
    if (this.#isLeft) return;
    if (this.isWorking) this.#timer = setTimeout(() => void this.#look(), LOOK_EVERY_MS);
    else this.ondone(this.action);
  }

  /** A look that fails is tried again: the work itself goes on. */
  async #look(): Promise<void> {
    await this.#step(() => ask<BulkAction>("GET", `/admin/bulk-actions/${this.action?.id}`));
    if (this.failure && !this.#isLeft) this.#timer = setTimeout(() => void this.#look(), LOOK_EVERY_MS * 5);
  }
}
