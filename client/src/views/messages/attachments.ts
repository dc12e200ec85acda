/** How the files of a message are shown. */
import type { Attachment } from "../../protocol/wire.ts";

export type Part = "content" | "thumbnail" | "screen";

export function addressOf(file: Attachment, part: Part = "content"): string {
  return `/api/v1/files/${file.id}/${part}`;
}

/** An address that saves it, whatever it is. */
export function downloadOf(file: Attachment): string {
  return `${addressOf(file)}?save=true`;
}

/** A picture stands in the mosaic; all that browsers play plays in place; the others are cards. */
export function sorted(files: readonly Attachment[]): { pictures: Attachment[]; played: Attachment[]; cards: Attachment[] } {
  const isPlayed = (one: Attachment) => one.kind === "audio" || (one.kind === "video" && /mp4|webm|ogg|quicktime/.test(one.media_type));
  const pictures = files.filter((one) => one.kind === "picture");
  const played = files.filter(isPlayed);
  return { pictures, played, cards: files.filter((one) => !pictures.includes(one) && !played.includes(one)) };
}

/** The most that a mosaic shows; the last says how many more there are. */
export const IN_MOSAIC = 3;
