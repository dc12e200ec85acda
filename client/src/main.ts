/** Where it begins: what the first screen needs is asked for at once, the data, the texts and the code. */
import { textsOf, usual } from "./i18n/languages.ts";
import { FIRST_PAGE, foresee } from "./protocol/foreseen.ts";

async function foreseeScreen(): Promise<void> {
  const me = await foresee("/me");
  if (me.ok && /^\/(messages.*)?$/.test(location.pathname)) await foresee(FIRST_PAGE);
  if (me.status === 401) await Promise.all([foresee("/entry"), import("./views/entry/Entry.svelte")]);
}

// What fails here is asked for again by those who need it, and they say so.
foreseeScreen().catch(() => undefined);
void textsOf(usual());
// Not awaited: the application shares what is above, and waits for this file to be done.
void import("./start.ts");
// The first formatter of its kind takes a phone tens of milliseconds; while the rest is on its way it has them.
setTimeout(() => {
  new Intl.DateTimeFormat(usual()).format();
  new Intl.NumberFormat(usual()).format(0);
  new Intl.PluralRules(usual()).select(0);
});
