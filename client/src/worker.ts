/// <reference lib="webworker" />
/**
 * Hallway without a network: its page and the files it was last seen with. People and messages are not here but in the
 * page's own store, which is emptied when they sign out.
 */
const worker = self as unknown as ServiceWorkerGlobalScope;
const CACHE = "hallway-page";
const PAGE = "/";
/** A network that takes longer for the page than this is none. */
const PATIENCE_MS = 4_000;
/** Where the server answers itself, for machines and for those who run it. */
const NO_PAGE = /^\/(api\/|livez$|readyz$|metrics$)|\.[^/.]*$/;
const FILE = /^\/(assets\/|mark\.svg$)/;

worker.addEventListener("install", (event) => {
  void worker.skipWaiting();
  event.waitUntil(fetch(PAGE).then(keepPage));
});

// The page is asked for while this worker wakes up, where the browser can do that.
worker.addEventListener("activate", (event) =>
  event.waitUntil(Promise.all([worker.clients.claim(), worker.registration.navigationPreload?.enable()])),
);

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && !NO_PAGE.test(pathname)) event.respondWith(page(event));
  else if (FILE.test(pathname)) event.respondWith(file(event));
});

/** The page says with which files it came, those too that were there before this worker was. */
worker.addEventListener("message", (event) => {
  event.waitUntil(keepFiles((event.data as string[]).filter((one) => FILE.test(one))));
});

/** The page as it is now, or as it was last: it is the same at every address. */
async function page(event: FetchEvent): Promise<Response> {
  const answer = await Promise.race([asked(event), late()]).catch(() => null);
  if (answer?.ok) event.waitUntil(keepPage(answer.clone()));
  if (answer && answer.status < 500) return answer;
  const cached = await (await caches.open(CACHE)).match(PAGE, { ignoreVary: true });
  return cached ?? answer ?? Response.error();
}

async function asked(event: FetchEvent): Promise<Response> {
  return ((await event.preloadResponse) as Response | undefined) ?? fetch(event.request);
}

function late(): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
}

/** Its files first, so that it is never there without them. With a new page the files of the old one go. */
async function keepPage(answer: Response): Promise<void> {
  if (!answer.ok) return;
  const cache = await caches.open(CACHE);
  const text = await answer.clone().text();
  const named = [...text.matchAll(/"(\/[^"]+)"/g)].map(([, path = ""]) => path).filter((path) => FILE.test(path));
  const before = await (await cache.match(PAGE, { ignoreVary: true }))?.text();
  await keepFiles(named);
  await cache.put(PAGE, answer);
  if (before !== undefined && before !== text) await letGo(cache, [PAGE, ...named]);
}

async function keepFiles(paths: string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  for (const path of paths) if (!(await cache.match(path, { ignoreVary: true }))) await cache.add(path);
}

async function letGo(cache: Cache, wanted: string[]): Promise<void> {
  for (const request of await cache.keys())
    if (!wanted.includes(new URL(request.url).pathname)) await cache.delete(request, { ignoreVary: true });
}

/** A file's name says its content, so it is asked for once. */
async function file(event: FetchEvent): Promise<Response> {
  const cache = await caches.open(CACHE);
  const cached = await cache.match(event.request.url, { ignoreVary: true });
  if (cached) return cached;
  const answer = await fetch(event.request);
  if (answer.ok) event.waitUntil(cache.put(event.request.url, answer.clone()));
  return answer;
}

/** What the server pushes while no page may be open: `message`, or `read` when nothing is unread in that chat any more. */
interface Push {
  kind: "message" | "read";
  chat: string;
  unread: number;
  title: string;
  body: string;
  language: string;
  direction: "ltr" | "rtl";
  quiet: boolean;
}

/** A push that says nothing, or not in our words, is shown, too. */
const NAMELESS: Push = { kind: "message", chat: "", unread: 1, title: "Hallway", body: "", language: "en", direction: "ltr", quiet: false };

/** Each push shows something: Apple ends a subscription after three that do not, and other browsers show words of their own. */
worker.addEventListener("push", (event) => event.waitUntil(show(read(event.data))));

function read(data: PushMessageData | null): Push {
  try {
    const push = data?.json() as Push | undefined;
    return { ...NAMELESS, ...push, title: push?.title || NAMELESS.title };
  } catch {
    return NAMELESS;
  }
}

/** One notice for each chat, the newest in the place of the one before: without a sound where it says nothing new. */
async function show(push: Push): Promise<void> {
  mark(push.unread);
  const pages = await worker.clients.matchAll({ type: "window" });
  const silent = push.quiet || push.kind === "read" || pages.some((page) => page.focused);
  const looks = { icon: "/icon-192.png", lang: push.language, dir: push.direction };
  const options = { body: push.body, tag: push.chat || "hallway", silent, renotify: !silent, data: push.chat, ...looks };
  await worker.registration.showNotification(push.title, options);
}

function mark(unread: number): void {
  const { navigator } = worker;
  if ("setAppBadge" in navigator) void (unread ? navigator.setAppBadge(unread) : navigator.clearAppBadge()).catch(() => undefined);
}

/** A click opens the chat: in a page that is open, or in a new one. */
worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openChat(event.notification.data ? `/messages/${String(event.notification.data)}` : "/messages"));
});

async function openChat(address: string): Promise<void> {
  const [page] = await worker.clients.matchAll({ type: "window" });
  if (!page) return void (await worker.clients.openWindow(address));
  await page.focus();
  page.postMessage({ go: address });
}
