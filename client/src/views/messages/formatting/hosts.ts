/** Where a link truly leads. */

const NAME = /(?<![\p{L}\p{N}_-])[\p{L}\p{N}][\p{L}\p{N}_-]{0,62}(?:\.[\p{L}\p{N}_-]{1,63}){0,8}\.\p{L}{2,63}/u;
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069]/;

/** The host of a link whose words look like another address, or might; empty where they don't. */
export function trueHost(label: string, href: string): string {
  const isMail = /^mailto:/i.test(href);
  const host = isMail ? (href.slice(7).split("?")[0] ?? "") : new URL(href).hostname;
  const said = label
    .replace(/\p{C}/gu, "")
    .normalize("NFKC")
    .replace(/[\u3002\uff0e\uff61]/g, ".")
    .toLowerCase();
  if (DIRECTIONS.test(label)) return host;
  if (isMail) return said.includes("@") && !said.includes(host.toLowerCase()) ? host : "";
  const name = NAME.exec(said)?.[0];
  return !name || bare(name) === bare(host) ? "" : host;
}

const bare = (host: string): string => host.replace(/^www\./, "");
