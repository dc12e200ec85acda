/** The tab's icon: the mark, and over it how many chats are unread. */

/** As in `mark.svg`: an icon that is drawn here can ask for no other file. */
const MARK =
  '<path d="M6 0h12a6 6 0 0 1 6 6v5H0V6a6 6 0 0 1 6-6z" fill="#0a6650"/><path d="M0 13h11v11H6a6 6 0 0 1-6-6z" fill="#0a6650"/><path d="M13 13h11v5a6 6 0 0 1-6 6h-5z" fill="#73827b"/>';
const MOST = 9;

/** The address of the icon. */
export function tabIcon(unread: number): string {
  if (unread === 0) return "/mark.svg";
  const count = unread > MOST ? `${MOST}+` : String(unread);
  const size = count.length > 1 ? 11 : 14;
  const badge = `<circle cx="15" cy="15" r="9" fill="#b3261e" stroke="#fff" stroke-width="1.5"/><text x="15" y="15" dy=".36em" text-anchor="middle" font-family="system-ui,sans-serif" font-weight="700" font-size="${size}" fill="#fff">${count}</text>`;
  return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${MARK}${badge}</svg>`)}`;
}

export function markTab(unread: number): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (link) link.href = tabIcon(unread);
}
