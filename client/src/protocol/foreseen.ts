/** Questions that the first screen will ask, asked while its code is still on its way. */

/** The first page of the list of chats. */
export const FIRST_PAGE = "/conversations?limit=50";
/** In the browser's store when somebody is signed in here, as far as this browser knows. */
export const KNOWN = "somebody-is-signed-in";
const FRESH_MS = 10_000;

const answers = new Map<string, Promise<Response>>();

/** Ask now; who asks within the next seconds, once, gets this answer. */
export function foresee(path: string): Promise<Response> {
  const answer = fetch(`/api/v1${path}`);
  answers.set(path, answer);
  setTimeout(() => answers.delete(path), FRESH_MS);
  return answer;
}

/** The answer that is on its way already, for one asker. */
export function foreseen(path: string): Promise<Response> | undefined {
  const answer = answers.get(path);
  answers.delete(path);
  return answer;
}
