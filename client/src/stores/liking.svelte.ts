/** How somebody likes their list of chats on this device: remembered for them until they sign out. */
import type { Order } from "../model/filters.ts";

interface Liking {
  order: Order;
  courseId: string;
  /** Null while they did not say. */
  isCompact: boolean | null;
}

const UNSAID: Liking = { order: "oldest", courseId: "", isCompact: null };

class ListLiking {
  private kept = $state.raw(UNSAID);
  private me = "";

  start(me: string): void {
    [this.me, this.kept] = [me, read(localStorage.getItem(nameFor(me)))];
  }

  stop(): void {
    [this.me, this.kept] = ["", UNSAID];
  }

  get now(): Liking {
    return this.kept;
  }

  keep(change: Partial<Liking>): void {
    this.kept = { ...this.kept, ...change };
    if (this.me) localStorage.setItem(nameFor(this.me), JSON.stringify(this.kept));
  }
}

/** Who signs out leaves nothing behind. */
export function forgetLiking(me: string): void {
  localStorage.removeItem(nameFor(me));
}

function nameFor(me: string): string {
  return `hallway-list of ${me}`;
}

/** Whatever stands there: what cannot be made sense of is not said. */
function read(text: string | null): Liking {
  try {
    const { order, courseId, isCompact } = Object(JSON.parse(text ?? "{}")) as Record<keyof Liking, unknown>;
    return {
      order: order === "newest" ? order : UNSAID.order,
      courseId: typeof courseId === "string" ? courseId : UNSAID.courseId,
      isCompact: typeof isCompact === "boolean" ? isCompact : UNSAID.isCompact,
    };
  } catch {
    return UNSAID;
  }
}

export const liking = new ListLiking();
