/** Drafts as this browser stores them: at once, for all its tabs, one entry each. */
import { NOTHING, type LocalDraft } from "../model/drafts.ts";

export class StoredDrafts {
  /** @param beginning of the names of all entries of a person; empty for nobody, of whom nothing is stored. */
  constructor(private readonly beginning: string) {}

  /** The chat of an entry; empty for what is none of this person's. */
  idOf(name: string | null): string {
    return this.beginning && name?.startsWith(this.beginning) ? name.slice(this.beginning.length) : "";
  }

  all(): Record<string, LocalDraft> {
    this.adopt();
    const ids = Object.keys(localStorage).flatMap((name) => this.idOf(name) || []);
    return Object.fromEntries(ids.flatMap((id) => (this.find(id) ? [[id, this.find(id)]] : [])) as [string, LocalDraft][]);
  }

  find(id: string): LocalDraft | undefined {
    return this.beginning ? read(localStorage.getItem(this.beginning + id)) : undefined;
  }

  put(id: string, draft: LocalDraft): void {
    try {
      if (this.beginning) localStorage.setItem(this.beginning + id, JSON.stringify(draft));
    } catch {
      // The browser has no room left: the draft is in the page, and on the server a moment later.
      this.remove(id);
    }
  }

  remove(id: string): void {
    if (this.beginning) localStorage.removeItem(this.beginning + id);
  }

  /** Texts that an older Hallway kept in this tab. */
  private adopt(): void {
    for (const [name, text] of Object.entries(sessionStorage)) {
      const id = this.idOf(name);
      if (!id) continue;
      sessionStorage.removeItem(name);
      if (!this.find(id)) this.put(id, { ...NOTHING, text: String(text), isChanged: true });
    }
  }
}

/** Whatever stands there: what cannot be made sense of is none. */
function read(text: string | null): LocalDraft | undefined {
  try {
    const found = JSON.parse(text ?? "null") as Partial<LocalDraft> | null;
    return typeof found?.text === "string" ? { ...NOTHING, ...found } : undefined;
  } catch {
    return undefined;
  }
}
