/** Imported by each view that comes later than the first screen: it is there once its texts are. */
import { speakWhole } from "./i18n.svelte.ts";

await speakWhole();
