/** What the first screen asks the server. The page's header names these, so that they are on their way before the code is here. */

/** Who is signed in. */
export const ME = "/me";
/** What the sign-in page needs. */
export const ENTRY = "/entry";
/** The first page of the list of chats. */
export const FIRST_PAGE = "/conversations?limit=50";

/** A chat with its newest messages. */
export function chatAt(id: string): string {
  return `/conversations/${id}`;
}
