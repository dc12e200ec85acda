/** What the device is like, as state: how much room there is, and what one points with. */
import { MediaQuery } from "svelte/reactivity";

/** One thing at a time fills the screen. */
export const phone = new MediaQuery("(max-width: 720px)");
/** The list, a chat and what stands beside it all have room. */
export const wide = new MediaQuery("(min-width: 1200px)");
/** One points with a mouse or the like, and types on real keys; else with a finger, on a screen. */
export const pointer = new MediaQuery("(pointer: fine)");
