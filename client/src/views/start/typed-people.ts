/** People as one types or pastes them: a name and an email address on each line, in whatever order and with whatever between. */

export interface TypedPerson {
  line: string;
  name: string;
  email: string;
  login: string;
}

/** What stands around an address or between the two: brackets, quotes, separators. */
const AROUND = /[<>"“”();,\t]+/g;
const SPACES = /\s+/g;

function person(line: string): TypedPerson | null {
  const parts = line.replace(AROUND, " ").trim().split(SPACES);
  const at = parts.findIndex((part) => part.includes("@"));
  const email = (parts[at] ?? "").replace(/^mailto:/i, "");
  const name = parts.filter((_, index) => index !== at).join(" ");
  if (at < 0 || !name) return null;
  return { line, name, email, login: loginOf(email) };
}

/** What stands before the @, where a login may be that; else the address itself. */
function loginOf(email: string): string {
  const first = email.slice(0, email.indexOf("@")).toLowerCase();
  return /^[a-z0-9._+-]{2,64}$/.test(first) ? first : email.toLowerCase();
}

/** Those on the lines that can be understood, and the lines that cannot. Empty lines are nothing. */
export function typedPeople(text: string): { people: TypedPerson[]; unclear: string[] } {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const found = lines.map((line) => person(line));
  return { people: found.filter((one) => one !== null), unclear: lines.filter((_, index) => found[index] === null) };
}
