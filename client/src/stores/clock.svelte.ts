/** The present moment, to the half minute: what shows how long ago something was reads it, and moves on. */

const TICK_MS = 30_000;

class Clock {
  now = $state(Date.now());

  constructor() {
    setInterval(() => (this.now = Date.now()), TICK_MS);
  }
}

export const clock = new Clock();
