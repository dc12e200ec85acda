/** How much room there is, as state. */
import { MediaQuery } from "svelte/reactivity";

/** One thing at a time fills the screen. */
export const phone = new MediaQuery("(max-width: 720px)");
/** The list, a chat and what stands beside it all have room. */
export const wide = new MediaQuery("(min-width: 1200px)");
