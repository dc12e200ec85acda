/** Many browsers in one process, without real time: each line of stdin is something that happens, each line of stdout what
 * the browsers want next. The client's own code runs in a context for each page; time, network and chance come from outside. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import vm from "node:vm";

const [client] = process.argv.slice(2);
const fromClient = createRequire(join(client, "package.json"));

// Counted, so that one knows when IndexedDB, which works in tasks of its own, has come to rest.
let tasks = 0;
const later = globalThis.setImmediate;
globalThis.setImmediate = (work, ...words) => {
  tasks += 1;
  return later(() => {
    tasks -= 1;
    work(...words);
  });
};
const { IDBFactory, IDBDatabase, IDBObjectStore, IDBIndex, IDBCursor, IDBTransaction, IDBRequest } = fromClient("fake-indexeddb");

async function bundled() {
  const { build } = await import(pathToFileURL(fromClient.resolve("vite")).href);
  const { svelte } = await import(pathToFileURL(fromClient.resolve("@sveltejs/vite-plugin-svelte")).href);
  const entry = join(import.meta.dirname, "page.mjs");
  const lib = { entry, formats: ["iife"], name: "bundle" };
  const [{ output }] = await build({ root: client, configFile: false, logLevel: "error", plugins: [svelte()], build: { lib, write: false, minify: false } });
  return new vm.Script(output[0].code, { filename: "client.js" });
}

const script = await bundled();
const devices = new Map();
let effects = [];
let count = 0;
let now = 0;
let random = Math.random;

/** mulberry32: the same numbers for the same seed. */
function dice(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

class Moment extends Date {
  constructor(...words) {
    super(...(words.length ? words : [now]));
  }

  static now() {
    return now;
  }
}

/** A browser's storage: its entries are what one sees of it. */
function storageOf(entries) {
  const methods = {
    getItem: (name) => entries[name] ?? null,
    setItem: (name, text) => void (entries[name] = text),
    removeItem: (name) => void delete entries[name],
    clear: () => Object.keys(entries).forEach((name) => delete entries[name]),
  };
  return new Proxy(entries, { get: (_, name) => methods[name] ?? entries[name] });
}

/** One page: the client's code with a world of its own around it. */
class Page {
  timers = new Map();
  asks = new Map();
  sockets = new Map();

  constructor(device) {
    this.device = device;
    this.context = vm.createContext(this.world());
    script.runInContext(this.context);
  }

  want(effect) {
    if (this.device.page === this) effects.push({ device: this.device.id, ...effect });
  }

  world() {
    const window = {
      ...{ Date: Moment, Math: Object.create(Math, { random: { value: () => random() } }), Response, Blob, URLSearchParams, console },
      ...{ indexedDB: this.device.databases, sessionStorage: storageOf({}), localStorage: storageOf(this.device.stored), navigator: {}, location: { protocol: "https:", host: "hallway.example" } },
      ...{ IDBDatabase, IDBObjectStore, IDBIndex, IDBCursor, IDBTransaction, IDBRequest },
      ...{ addEventListener() {}, removeEventListener() {}, queueMicrotask, DOMException },
      document: { visibilityState: "visible", addEventListener() {}, removeEventListener() {} },
      crypto: { getRandomValues: (bytes) => (new DataView(bytes.buffer).setUint32(0, (count += 1)), bytes) },
      setTimeout: (work, after = 0) => this.time(work, after, null),
      setInterval: (work, every) => this.time(work, every, every),
      clearTimeout: (timer) => this.forget(timer),
      clearInterval: (timer) => this.forget(timer),
      AbortSignal: { timeout: (after) => ({ after }) },
      fetch: (path, options) => this.fetch(path, options ?? {}),
      WebSocket: this.socketClass(),
      matchMedia: () => ({ matches: true }),
    };
    return Object.assign(window, { window, globalThis: window });
  }

  time(work, after, every) {
    const timer = (count += 1);
    this.timers.set(timer, { work, every });
    this.want({ timer, after });
    return timer;
  }

  forget(timer) {
    if (this.timers.delete(timer)) this.want({ forget: timer });
  }

  fire({ timer }) {
    const found = this.timers.get(timer);
    if (!found) return;
    if (found.every === null) this.timers.delete(timer);
    else this.want({ timer, after: found.every });
    found.work();
  }

  fetch(path, { method = "GET", headers = {}, body = null, signal }) {
    return new Promise((resolve, reject) => {
      const ask = (count += 1);
      const timer = signal && this.time(() => this.answer({ ask }), signal.after, null);
      this.asks.set(ask, { resolve, reject, timer });
      this.want({ ask, method, path, headers, body });
    });
  }

  /** Without a status nothing came. */
  answer({ ask, status, body }) {
    const asked = this.asks.get(ask);
    if (!asked) return;
    this.asks.delete(ask);
    if (asked.timer) this.forget(asked.timer);
    if (status === undefined) asked.reject(new TypeError("Failed to fetch"));
    else asked.resolve(new Response(status === 204 ? null : body, { status }));
  }

  socketClass() {
    const page = this;
    return class {
      constructor() {
        this.number = count += 1;
        page.sockets.set(this.number, this);
        page.want({ connect: this.number });
      }

      send(text) {
        page.want({ say: text, socket: this.number });
      }

      close() {
        page.sockets.delete(this.number);
        page.want({ close: this.number });
      }
    };
  }

  hear({ socket, text }) {
    this.sockets.get(socket)?.onmessage?.({ data: text });
  }

  lose({ socket, code }) {
    const lost = this.sockets.get(socket);
    this.sockets.delete(socket);
    lost?.onclose?.({ code });
  }

  /** What a person does here. */
  call({ verb, words }) {
    const wrote = (key) => this.want({ wrote: key, words });
    const known = verb === "write" ? [...words, wrote] : words;
    this.context.page.do(verb, ...known).catch(fault);
  }
}

function fault(failure) {
  effects.push({ fault: String(failure?.stack ?? failure) });
}
process.on("unhandledRejection", fault);

const deeds = {
  reset({ seed }) {
    devices.clear();
    [count, random] = [0, dice(seed)];
  },
  load({ device: id }) {
    const device = devices.get(id) ?? { id, databases: new IDBFactory(), stored: {}, failed: new Set() };
    devices.set(id, device);
    device.page = null;
    device.page = new Page(device);
    device.page.context.page.load().catch(fault);
  },
  close: ({ device }) => {
    devices.get(device).page = null;
  },
};

async function rest() {
  do await new Promise((resolve) => later(resolve));
  while (tasks > 0);
}

/** After everything that happens: what the application does about it, and what it says of its outbox. */
async function settle(page) {
  const isGone = page.context.page.settle();
  await rest();
  const { outbox } = page.context.page.look();
  for (const { key, status, reason } of outbox) {
    if (status === "failed" && !page.device.failed.has(key)) {
      page.device.failed.add(key);
      page.want({ failed: key, reason });
    }
  }
  if (isGone) page.want({ gone: true });
}

async function happen(event) {
  now = event.now;
  const page = devices.get(event.device)?.page;
  if (deeds[event.does]) deeds[event.does](event);
  else if (page && event.does !== "look") page[event.does](event);
  await rest();
  const shown = devices.get(event.device)?.page;
  if (shown) await settle(shown);
  const seen = event.does === "look" ? (shown?.context.page.look() ?? null) : null;
  process.stdout.write(`${JSON.stringify({ effects, seen })}\n`);
  effects = [];
}

for await (const line of createInterface({ input: process.stdin })) await happen(JSON.parse(line));
