/** Where it begins: what the first screen needs is asked for at once, the data, the texts and the code. */
import { textsOf, usual } from "./i18n/languages.ts";
import { FIRST_PAGE, foresee, foreseen, KNOWN } from "./protocol/foreseen.ts";

async function foreseeScreen(): Promise<void> {
  const isStranger = localStorage.getItem(KNOWN) === null;
  const entry = isStranger ? foreseeEntry() : undefined;
  const me = await foresee("/me");
  if (me.ok) void foreseen("/entry")?.then((unread) => unread.body?.cancel());
  if (me.ok && /^\/(messages.*)?$/.test(location.pathname)) await foresee(FIRST_PAGE);
  if (me.status === 401) await (entry ?? foreseeEntry());
}

/** What the sign-in page needs: of who was never here, it is not even asked first whether they are signed in. */
async function foreseeEntry(): Promise<void> {
  await Promise.all([foresee("/entry"), import("./views/entry/Entry.svelte")]);
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
