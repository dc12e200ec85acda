/** Sizes of files, in the reader’s language. */
import { locale } from "./i18n.svelte.ts";

/** The size of a file: 640 kB, 1.4 MB. */
export function formatBytes(bytes: number): string {
  const [unit, value] = bytes < 1_000_000 ? ["kilobyte", Math.max(1, bytes / 1000)] : ["megabyte", bytes / 1_000_000];
  const digits = { maximumFractionDigits: unit === "megabyte" && value < 10 ? 1 : 0 };
  return new Intl.NumberFormat(locale(), { style: "unit", unit, ...digits }).format(value);
}
