/** Stores what the Messages area shows, and brings it back where there is no network. */
import { listed } from "../model/chats.ts";
import { ask } from "../protocol/http.ts";
import { chatAt } from "../protocol/questions.ts";
import type { Opened } from "../protocol/wire.ts";
import type { OfflineCache as Cache } from "../sync/offline-cache.ts";
import { storage } from "../sync/storage.ts";
import { messagesState } from "./messages-state.svelte.ts";

const STORE_MS = 2_000;
/** As many of the latest chats can be read without a network where Hallway is installed as an app. */
const LATEST = 10;

class OfflineCache {
  private cache: Promise<Cache | undefined> = Promise.resolve(undefined);
  private timer: ReturnType<typeof setTimeout> | undefined;

  start(me: string): void {
    this.cache = storage().then((loaded) => loaded && new loaded.OfflineCache(me));
    messagesState.onchange = () => (this.timer ??= setTimeout(() => void this.update(), STORE_MS));
  }

  stop(): void {
    messagesState.onchange = () => undefined;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.cache = Promise.resolve(undefined);
  }

  private async update(): Promise<void> {
    this.timer = undefined;
    const isHere = messagesState.visit();
    const cache = await this.cache;
    if (isHere()) await cache?.update(messagesState.current);
  }

  /** Answers whether there is a list now. */
  async recallList(): Promise<boolean> {
    const isHere = messagesState.visit();
    const page = messagesState.current.isListLoaded ? undefined : await (await this.cache)?.list();
    if (page && isHere() && !messagesState.current.isListLoaded) messagesState.dispatch({ type: "rows", page, isFirst: true });
    return messagesState.current.isListLoaded;
  }

  /** Answers whether the chat is there now, as it was last seen here. */
  async recallChat(id: string): Promise<boolean> {
    const isHere = messagesState.visit();
    const opened = messagesState.chat(id) ? undefined : await (await this.cache)?.chat(id);
    if (opened && isHere()) messagesState.dispatch({ type: "opened", opened });
    return messagesState.chat(id) !== undefined;
  }

  /** Store the latest chats that were not opened since they changed, one after the other. */
  async storeLatest(): Promise<void> {
    const isHere = messagesState.visit();
    const cache = await this.cache;
    for (const row of listed(messagesState.current).slice(0, LATEST)) {
      if (!cache || messagesState.chat(row.conversation_id) || (await cache.isCurrent(row))) continue;
      const opened = await ask<Opened>("GET", chatAt(row.conversation_id));
      if (!isHere()) return;
      await cache.putChat(opened);
    }
  }
}

export const offlineCache = new OfflineCache();
