/** The files that are on their way, stored by the browser so that an upload goes on after a reload. */
import type { Upload } from "../model/uploads.ts";
import { asFarAsPossible, within } from "./database.ts";

/** Whether anything is on its way, whoever's it is. */
export async function hasUploads(): Promise<boolean> {
  return Boolean(await asFarAsPossible(within("uploads", "readonly", (store) => store.count())));
}

/** One person's uploads in this browser. A browser that stores nothing still uploads. */
export class StoredUploads {
  constructor(private readonly owner: string) {}

  /** All of them with their content, in the order in which they were chosen. */
  async all(): Promise<{ upload: Upload; blob: Blob }[]> {
    const stored = await asFarAsPossible(within("uploads", "readonly", (store) => store.getAll()));
    return (stored ?? []).filter((record) => record.owner === this.owner).sort((a, b) => a.upload.at.localeCompare(b.upload.at));
  }

  async put(upload: Upload, blob: Blob): Promise<void> {
    const record = { owner: this.owner, upload: { ...upload }, blob };
    await asFarAsPossible(within("uploads", "readwrite", (store) => store.put(record)));
  }

  async remove(key: string): Promise<void> {
    await asFarAsPossible(within("uploads", "readwrite", (store) => store.delete([this.owner, key])));
  }
}
