/**
 * Makes the names of emoji that the picker shows, a file for each language, from the Unicode CLDR (`cldr-annotations-full`, Unicode
 * License v3) in the order of `unicode-emoji-json` (MIT). Both are large, and change once a year: so what comes out is kept in
 * `src/emoji/`, and they are installed for this alone:
 *
 *     npm install --no-save cldr-annotations-full unicode-emoji-json && node emoji.mjs
 */
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";

const require = createRequire(process.env.EMOJI_PACKAGES ?? import.meta.url);
const groups = require("unicode-emoji-json/data-by-group.json");
const LANGUAGES = ["en", "ru", "ar"];
/** Words by which one emoji is found, beside those of its name. */
const MOST_WORDS = 4;
/** Newer ones are shown as an empty box on many devices still. */
const NEWEST = 15;

const names = Object.fromEntries(
  LANGUAGES.map((one) => [one, require(`cldr-annotations-full/annotations/${one}/annotations.json`).annotations.annotations]),
);
const named = (emoji, language) => names[language][emoji.replaceAll("\ufe0f", "")] ?? names[language][emoji];

for (const language of LANGUAGES) {
  const lines = groups.map(({ slug, emojis }) => {
    const shown = emojis.filter((one) => Number(one.emoji_version) <= NEWEST && LANGUAGES.every((each) => named(one.emoji, each)?.tts));
    const entries = shown.map(({ emoji }) => {
      const { tts, default: words = [] } = named(emoji, language);
      const name = tts[0];
      const more = words.filter((word) => !name.toLocaleLowerCase(language).includes(word.toLocaleLowerCase(language)));
      return [emoji, name, more.slice(0, MOST_WORDS).join(" ")];
    });
    return [slug, entries];
  });
  const text = lines
    .filter(([, entries]) => entries.length)
    .map(([slug, entries]) => `  ${JSON.stringify(slug)}: [\n${entries.map((one) => `    ${JSON.stringify(one)}`).join(",\n")}\n  ]`)
    .join(",\n");
  writeFileSync(new URL(`src/emoji/${language}.json`, import.meta.url), `{\n${text}\n}\n`);
}
