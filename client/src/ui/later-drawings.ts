/** The drawings that no view of the first screen shows; they come with the texts of those that do. */
import { drawings } from "./drawings.ts";

export const LATER = {
  bell: ["M6.500 10a5.500 5.500 0 0 1 11 0v4l1.700 3H4.800l1.700-3Z M10 19.500c.4.700 1.100 1 2 1s1.600-.3 2-1"],
  forward: ["M9.500 5l7 7-7 7", true],
  arrow: ["M12 5v14 M6 13l6 6 6-6"],
  lock: ["M5.500 10.500h13v10h-13Z M8.500 10.500V7a3.500 3.500 0 0 1 7 0v3.500"],
  plus: ["M12 4.500v15 M4.500 12h15"],
  minus: ["M4.500 12h15"],
  copy: ["M8.500 8.500h12v12h-12Z M15.500 8.500v-5h-12v12h5"],
  screen: ["M3.500 4.500h17v11.500h-17Z M9 20h6 M12 16v4"],
  globe: [
    "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17Z M3.500 12h17 M12 3.500c2.500 2.300 3.500 5 3.500 8.500s-1 6.200-3.500 8.500 M12 3.500C9.500 5.800 8.500 8.500 8.500 12s1 6.200 3.500 8.500",
  ],
  sliders: ["M4 7h9 M17 7h3 M15 4.800v4.400 M4 17h3 M11 17h9 M9 14.800v4.400"],
  upload: ["M12 16V4.500 M7 9.500l5-5 5 5 M4.500 15.500v4.500h15v-4.500"],
  tree: ["M9 3.500h6v4.500H9Z M3.500 16h6v4.500h-6Z M14.500 16h6v4.500h-6Z M12 8v4 M6.500 16v-4h11v4"],
  panel: ["M3.500 4.500h17v15h-17Z M14.500 4.500v15", true],
  clip: [
    "M19.500 11.500l-7.300 7.300a4.800 4.800 0 0 1-6.800-6.800l8-8a3.200 3.200 0 0 1 4.500 4.500l-7.700 7.700a1.600 1.600 0 0 1-2.300-2.300l7-7",
  ],
  download: ["M12 4.500V16 M7 11l5 5 5-5 M4.500 16v4h15v-4"],
} as const;

Object.assign(drawings, LATER);
