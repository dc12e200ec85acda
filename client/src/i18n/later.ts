/** Imported by each view that comes later than the first screen: it is there once its texts and drawings are. */
import "../ui/later-drawings.ts";
import { speakWhole } from "./i18n.svelte.ts";

await speakWhole();
