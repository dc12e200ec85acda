/** Brings the list and the chats that are here up to date: after a lost connection, and where the server alone knows what changed. */
import { shown } from "../model/chats.ts";
import { isNarrowed, isOldestFirst, type Choice } from "../model/filters.ts";
import { partnerOf } from "../model/participants.ts";
import { Problem, ask, path } from "../protocol/http.ts";
import { chatAt, FIRST_PAGE } from "../protocol/questions.ts";
import type { Changes, Opened, PersonCard, Row, Rows, Standing } from "../protocol/wire.ts";
import { coalesced } from "../sync/coalesced.ts";
import { connection } from "./connection.svelte.ts";
import { messagesState } from "./messages-state.svelte.ts";
import { session } from "./session.svelte.ts";

class CatchUp {
  private readonly openings = new Map<string, Promise<void>>();

  /** Ask for all that is known to be behind. */
  readonly run = coalesced(async () => {
    await connection.quietly(async () => {
      while (messagesState.current.isListStale) await this.firstPage();
      await this.staleChats();
    });
  });

  /** The list's first page, last of all: what it counts below itself is what is known of there. */
  async firstPage(): Promise<void> {
    await this.narrowedList();
    await this.staleChats();
    messagesState.dispatch({ type: "listing" });
    messagesState.dispatch({ type: "rows", page: await ask<Rows>("GET", FIRST_PAGE), isFirst: true });
  }

  /** The narrowed list from its beginning, as far as it is here by then: scrolling may have asked for more meanwhile. */
  async narrowedList(): Promise<void> {
    const { choice } = messagesState.current;
    if (!isNarrowed(choice)) return;
    const wanted = () => (messagesState.current.part ? shown(messagesState.current).length : 0);
    let page = await ask<Rows>("GET", pageOf(choice, null));
    while (page.next && page.rows.length < wanted()) {
      const { rows, next } = await ask<Rows>("GET", pageOf(choice, page.next));
      page = { ...page, rows: [...page.rows, ...rows], next };
    }
    messagesState.dispatch({ type: "part", choice, page, isFirst: true });
  }

  private async staleChats(): Promise<void> {
    for (const { conversationId } of messagesState.current.stale) await ifItIsThere(() => this.stale(conversationId));
  }

  private async stale(id: string): Promise<void> {
    await (messagesState.chat(id) ? this.changes(id) : this.row(id));
  }

  /** All chats that are here. */
  async chats(): Promise<void> {
    for (const id of Object.keys(messagesState.current.chats)) await ifItIsThere(() => this.changes(id));
  }

  async row(id: string): Promise<void> {
    messagesState.dispatch({ type: "row", row: await ask<Row>("GET", `/conversations/${id}/row`) });
  }

  /** A chat anew. The course that the next message is about stays chosen. */
  async chat(id: string): Promise<void> {
    const opening = this.opening(id);
    this.openings.set(id, opening);
    try {
      await opening;
    } finally {
      if (this.openings.get(id) === opening) this.openings.delete(id);
    }
  }

  /** Wait for a chat that is being opened, however that ends. */
  async opened(id: string): Promise<void> {
    await this.openings.get(id)?.catch(() => undefined);
  }

  private async opening(id: string): Promise<void> {
    const opened = await ask<Opened>("GET", chatAt(id));
    messagesState.dispatch({ type: "opened", opened: { ...opened, about: messagesState.chat(id)?.about ?? null } });
  }

  /** The chat with a person anew, also before the first message; answers its id. */
  async chatWith(personId: string, courseId: string): Promise<string> {
    const opened = await askWith(personId, courseId);
    messagesState.dispatch({ type: "opened", opened });
    return opened.row.conversation_id;
  }

  private async changes(id: string): Promise<void> {
    const row = messagesState.row(id);
    if (!row || row.last_seq === 0) return this.emptyChat(id);
    const changes = await ask<Changes>("GET", path(`/conversations/${id}/changes`, { rev: row.rev, own_rev: row.own_rev }));
    if (changes.truncated) await this.chat(id);
    else messagesState.dispatch({ type: "changes", conversationId: id, changes });
    await this.about(id, partnerOf(row));
  }

  /** Whether a message may still be about the chosen course is the server's to say. */
  private async about(id: string, partner: PersonCard | undefined): Promise<void> {
    const course = messagesState.chat(id)?.about;
    if (!course || !partner) return;
    const { about } = await askWith(partner.id, course.id);
    messagesState.dispatch({ type: "about", conversationId: id, about });
  }

  /** A dialog without a message is not stored: it is opened anew, through its person; not there, it may not be started. */
  private async emptyChat(id: string): Promise<void> {
    const row = messagesState.row(id);
    const partner = row && partnerOf(row);
    if (!partner) return;
    try {
      await this.chatWith(partner.id, messagesState.chat(id)?.about?.id ?? "");
    } catch (failure) {
      if (!(failure instanceof Problem) || failure.document.status !== 404) throw failure;
      messagesState.dispatch({ type: "standing", conversationId: id, standing: mayNotStart() });
    }
  }
}

/** The address of a page of what is chosen. */
export function pageOf(choice: Choice, cursor: string | null): string {
  const { filter, courseId } = choice;
  const query = {
    unread: filter === "unread" || "",
    waiting: filter === "waiting" || "",
    oldest: isOldestFirst(choice) || "",
    archived: filter === "archived" || "",
    course_id: courseId,
  };
  return path("/conversations", { ...query, cursor: cursor ?? "", limit: isNarrowed(choice) ? 100 : 50 });
}

/** A conversation that is refused must not keep the others from catching up. */
async function ifItIsThere(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure;
  }
}

function askWith(personId: string, courseId: string): Promise<Opened> {
  return ask<Opened>("GET", path(`/people/${personId}/conversation`, { course_id: courseId }));
}

function mayNotStart(): Standing {
  const reason = session.me?.academy.messaging_on === false ? "messaging_off" : "no_relation";
  return { is_open: false, reason, because: null, rule: null, remedy: null, course: null };
}

export const catchUp = new CatchUp();
