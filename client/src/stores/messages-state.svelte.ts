/** What the Messages area knows: events go in, and all its stores read the state that comes out. */
import { apply, empty, type Chat, type Event, type State } from "../model/chats.ts";
import type { Row } from "../protocol/wire.ts";

class MessagesState {
  current = $state.raw<State>(empty(""));
  /** Called after each event. */
  onchange = (): void => undefined;
  private visits = 0;

  /** Begin anew, for another person or for nobody. */
  begin(state: State): void {
    this.visits += 1;
    this.current = state;
  }

  /** Answers later whether the person is still the one who was here when this was called, without having left meanwhile. */
  visit(): () => boolean {
    const { visits } = this;
    return () => this.visits === visits;
  }

  dispatch(event: Event): void {
    this.current = apply(this.current, event);
    this.onchange();
  }

  chat(id: string): Chat | undefined {
    return this.current.chats[id];
  }

  row(id: string): Row | undefined {
    return this.current.rows[id];
  }
}

export const messagesState = new MessagesState();
