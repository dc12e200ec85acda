/** All that stores things in the browser, as one file for `storage.ts` to load. */
export { wipe } from "./database.ts";
export { OfflineCache, clear, lastMe, storeMe } from "./offline-cache.ts";
export { StoredOutbox } from "./outbox.ts";
export { hasUploads, StoredUploads } from "./uploads.ts";
