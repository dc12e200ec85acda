/** Which characters are seen, as the server decides it (`domain/text.py`): a table that both sides' tests read keeps them equal. */

/** What is no blank, and neither ignored by whatever draws text nor drawn empty: the braille blank, anchors, hieroglyphs' joiners. */
const SEEN = /[^\p{Cc}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffc\u{13430}-\u{1343f}\u{1d159}]/u;

/** Whether there is anything to see: a text of joiners and blanks alone is empty. */
export function isVisible(text: string): boolean {
  return SEEN.test(text);
}
