import { wording } from "../i18n/i18n.svelte.ts";
import type { Channel } from "../protocol/wire.ts";

/** What a channel is called in the reader's language; each channel of the server brings its own names. */
export function channelName(channels: readonly Channel[], name: Channel["name"]): string {
  const labels = channels.find((one) => one.name === name)?.labels ?? {};
  return labels[wording.language] ?? labels["en"] ?? name;
}
