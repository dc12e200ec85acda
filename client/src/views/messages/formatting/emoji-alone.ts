/** Messages of one to three emoji and nothing else, which are shown large. */

const MOST = 3;
/** In UTF-16 units; the longest emoji, of a family or a region's flag, have fewer than 30. */
const LONGEST = 100;
const DRAWN = /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|^[0-9#*]\ufe0f?\u20e3$/u;
/** Others, as © and ☎, are letters until something asks for their picture. */
const IN_COLOUR = /\p{Emoji_Presentation}|\ufe0f|\u20e3|\p{Emoji_Modifier}/u;

export function isEmojiAlone(text: string): boolean {
  if (!text || text.length > LONGEST || !("Segmenter" in Intl)) return false;
  const letters = [...new Intl.Segmenter().segment(text)].map((one) => one.segment).filter((one) => one.trim());
  return letters.length > 0 && letters.length <= MOST && letters.every((one) => DRAWN.test(one) && IN_COLOUR.test(one));
}
