/** The Messages area from a person's coming to their going: begins its stores, listens to the server, and leaves nothing behind. */
import { empty } from "../model/chats.ts";
import { EVERYTHING } from "../model/filters.ts";
import type { ServerFrame } from "../protocol/wire.ts";
import { coalesced } from "../sync/coalesced.ts";
import { storage } from "../sync/storage.ts";
import { catchUp } from "./catch-up.ts";
import { chatList } from "./chat-list.svelte.ts";
import { connection } from "./connection.svelte.ts";
import { drafts } from "./drafts.svelte.ts";
import { liking } from "./liking.svelte.ts";
import { messagesState } from "./messages-state.svelte.ts";
import { offlineCache } from "./offline-cache.ts";
import { outbox } from "./outbox.ts";
import { session } from "./session.svelte.ts";

class Messages {
  /** Counts up when what is shown beside the chats may have changed: views that show it ask again. */
  factsRevision = $state(0);
  /** Views that are open hear what passes by. */
  readonly hearers = new Set<(frame: ServerFrame) => void>();

  async start(me: string, unreadChats: number): Promise<void> {
    liking.start(me);
    messagesState.begin({ ...empty(me), unreadChats, choice: { ...EVERYTHING, order: liking.now.order } });
    offlineCache.start(me);
    connection.open({
      resume: () => void this.resume(),
      heard: (frames) => this.heard(frames),
      signedOut: () => void session.leave(),
    });
    await outbox.start(me);
    void this.goOnUploading(me);
    void this.bringDrafts(me);
  }

  private async bringDrafts(me: string): Promise<void> {
    const { drafting } = await import("./drafting.svelte.ts");
    if (messagesState.current.me === me) drafting.start(me);
  }

  /** Files that an earlier page left go on; what uploads comes with the first chat that is opened otherwise. */
  private async goOnUploading(me: string): Promise<void> {
    const stored = await storage();
    if ((await stored?.hasUploads()) && messagesState.current.me === me) await (await import("./uploads.svelte.ts")).uploads.start(me);
  }

  /** Nothing of the person stays for whoever comes next. */
  stop(): void {
    connection.close();
    outbox.stop();
    offlineCache.stop();
    chatList.stop();
    messagesState.begin(empty(""));
    drafts.stop();
    liking.stop();
  }

  private heard(frames: ServerFrame[]): void {
    for (const frame of frames) {
      outbox.heard(frame);
      drafts.heard(frame);
      messagesState.dispatch({ type: "frame", frame });
      if (frame.type === "facts") void this.refreshPermissions();
      this.shown(frame);
      for (const hear of this.hearers) hear(frame);
    }
    void catchUp.run();
  }

  /** A person is shown differently, or the account is; of the account and of me, the session says how. */
  private shown(frame: ServerFrame): void {
    const { me } = messagesState.current;
    const changed = frame.type === "account" ? me : frame.type === "profile" && frame.user_id;
    if (changed) this.factsRevision += 1;
    if (changed === me) void connection.quietly(() => session.refresh());
  }

  /** Who may write to whom changed: ask again for all that depends on it. */
  private readonly refreshPermissions = coalesced(async () => {
    await connection.quietly(async () => {
      await session.refresh();
      await catchUp.chats();
      if (chatList.isWanted) await catchUp.firstPage();
    });
    this.factsRevision += 1;
    void catchUp.run();
  });

  /** After a lost connection: ask for every open chat and the list's first page, as they are now. */
  private readonly resume = coalesced(async () => {
    const isAnswered = await connection.quietly(async () => {
      await catchUp.chats();
      if (chatList.isWanted) await catchUp.firstPage();
      await session.refresh();
      if (!chatList.isWanted) messagesState.dispatch({ type: "counted", unreadChats: session.me?.unread_chats ?? 0 });
    });
    connection.resumed(isAnswered);
    this.factsRevision += 1;
    void outbox.send();
    drafts.resumed();
    void catchUp.run();
  });
}

export const messages = new Messages();
