/** All that shows formatted texts: one script, loaded when the first text with a mark is to be shown. */
export { default as Formatted } from "./Formatted.svelte";
export { plain } from "./plain.ts";
