/** Who else types in the open chat, and that I do: the live line passes it on, and nothing keeps it (rules §13). */
import type { ServerFrame } from "../../protocol/wire.ts";
import { connection } from "../../stores/connection.svelte.ts";
import { messages } from "../../stores/messages.svelte.ts";
import { session } from "../../stores/session.svelte.ts";

/** The server passes on no more. */
const PAUSE_MS = 3_000;
const SHOWN_MS = 5_000;

export class Typing {
  /** The one who began last; empty while nobody types. */
  who = $state("");
  private said = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly id: () => string) {}

  /** Answers how to stop. */
  listen(): () => void {
    messages.hearers.add(this.hear);
    return () => {
      messages.hearers.delete(this.hear);
      this.hide();
    };
  }

  private readonly hear = (frame: ServerFrame): void => {
    if (frame.type === "typing" && frame.conversation_id === this.id()) {
      this.hide();
      this.who = frame.user_id;
      this.timer = setTimeout(() => this.hide(), SHOWN_MS);
    }
    if (frame.type === "message" && frame.message.conversation_id === this.id() && frame.message.sender_id !== session.me?.person.id)
      this.hide();
  };

  private hide(): void {
    clearTimeout(this.timer);
    this.who = "";
  }

  /** I am typing. */
  say(): void {
    if (!session.me?.academy.typing_on || Date.now() < this.said + PAUSE_MS) return;
    this.said = Date.now();
    connection.say({ type: "typing", conversation_id: this.id() });
  }
}
