import { FluentResource } from "@fluent/bundle";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Rolldown } from "vite";
import { defineConfig, type Plugin } from "vite";
import { entriesOf, firstTexts } from "./first-texts.ts";
import { ENTRY, FIRST_PAGE, ME } from "./src/protocol/questions.ts";

const APPLICATION = join(import.meta.dirname, "src/main.ts");

const LATER = "?later";

/** Catalogues are read while the client is built, so that no browser has to; what the first screen does not need comes later. */
function fluent(): Plugin {
  let isFirst = (_id: string): boolean => true;
  return {
    name: "fluent",
    configResolved({ command }) {
      if (command === "build") isFirst = firstTexts(APPLICATION, (path) => (existsSync(path) ? readFileSync(path, "utf8") : undefined));
    },
    transform: {
      filter: { id: /\.ftl(\?later)?$/ },
      handler(text, file) {
        const catalogue = entriesOf(text, (id) => isFirst(id) !== file.endsWith(LATER));
        return { code: `export default ${JSON.stringify(new FluentResource(catalogue))};`, map: null };
      },
    },
  };
}

/** All that is imported before anything is shown, as one file: one way over a slow network, not thirty. */
function application(): Rolldown.CodeSplittingNameFunction {
  const below = new Set<string>();
  return (id, modules) => {
    const follow = (one: string): void => {
      if (below.has(one)) return;
      below.add(one);
      modules.getModuleInfo(one)?.importedIds.forEach(follow);
    };
    follow(APPLICATION);
    return below.has(id) ? "application" : null;
  };
}

/** Scripts beside the application: the first runs while that is still on its way, the second where there is no network. */
function besides(): Plugin {
  return {
    name: "besides",
    apply: "build",
    buildStart() {
      this.emitFile({ type: "chunk", id: join(import.meta.dirname, "src/early.ts") });
      this.emitFile({ type: "chunk", id: join(import.meta.dirname, "src/worker.ts"), fileName: "worker.js" });
    },
    transformIndexHtml: {
      order: "post",
      handler: (_html, { bundle = {} }) => {
        const [early] = Object.values(bundle).filter((one) => one.type === "chunk" && one.name === "early");
        return [{ tag: "script", injectTo: "head", attrs: { type: "module", async: true, src: `/${early?.fileName}` } }];
      },
    },
  };
}

/**
 * What the first screen of each kind of visitor asks for, as values of a `Link` header: the server knows who comes
 * before any script runs, and browsers ask for it all together with the page's own files.
 */
function foreseen(): Plugin {
  return {
    name: "foreseen",
    apply: "build",
    generateBundle(_options, bundle) {
      const texts = Object.values(bundle).filter((one) => one.type === "chunk" && one.facadeModuleId?.endsWith(".ftl"));
      const links = {
        stranger: [ME, ENTRY].map(question),
        somebody: [ME].map(question),
        messages: [ME, FIRST_PAGE].map(question),
        texts: Object.fromEntries(texts.map((one) => [one.name, `</${one.fileName}>; rel=modulepreload`])),
      };
      this.emitFile({ type: "asset", fileName: "foreseen.json", source: JSON.stringify(links) });
    },
  };
}

const question = (path: string): string => `</api/v1${path}>; rel=preload; as=fetch; crossorigin`;

/** The texts of the first screen, by language. */
const TEXTS = /^assets\/(en|ru|ar)-/;

/** Gzip with Zopfli, which takes seconds for four bytes less in a hundred; where it is not installed yet, as everywhere else. */
async function packedWell(content: Buffer): Promise<Uint8Array> {
  const zopfli = await import("@gfx/zopfli").catch(() => undefined);
  return zopfli ? zopfli.gzipAsync(content, { numiterations: 5 }) : gzipSync(content, { level: 9 });
}

/** Puts a packed twin beside every text asset, so that the server never compresses while people wait. */
function packed(): Plugin {
  return {
    name: "packed",
    apply: "build",
    // Once all is written: the texts are not final before.
    async writeBundle({ dir = "" }, bundle) {
      const page = readFileSync(join(dir, "index.html"), "utf-8");
      for (const name of Object.keys(bundle).filter((one) => /\.(js|css|svg|html)$/.test(one))) {
        const content = readFileSync(join(dir, name));
        const isFirst = page.includes(name) || TEXTS.test(name);
        writeFileSync(join(dir, `${name}.gz`), isFirst ? await packedWell(content) : gzipSync(content, { level: 9 }));
        writeFileSync(join(dir, `${name}.br`), brotliCompressSync(content));
      }
    },
  };
}

/** Every browser that runs Hallway reads WOFF2: KaTeX's fonts in other formats would only make the package larger. */
function fontsOnce(): Plugin {
  return {
    name: "fonts-once",
    enforce: "pre",
    transform: {
      filter: { id: /katex[^/]*\.css$/ },
      handler: (text) => ({ code: text.replace(/,url\([^)]*\) format\("(?:woff|truetype)"\)/g, ""), map: null }),
    },
  };
}

/** How texts and the names of files are shown, in one script of several views: each script has a name, which the first screen must know. */
const TEXTS_SHOWN =
  /src\/(i18n\/bytes|ui\/copy|views\/messages\/(Text|Marked|links|marks|attachments|formatting\/(loaded\.svelte|marked-text)))\.(ts|svelte)/;

/** What sets two files apart that are named after a language. */
function kindOf(module: string): string {
  return module.endsWith(LATER) ? "later-" : module.includes("/emoji/") ? "emoji-" : "";
}

export default defineConfig({
  plugins: [svelte(), fluent(), besides(), foreseen(), fontsOnce(), packed()],
  build: {
    outDir: "../src/hallway/web",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    rolldownOptions: {
      output: {
        // The application names all of them: of a hash, which nothing packs, seven letters are enough.
        entryFileNames: "assets/[name]-[hash:7].js",
        assetFileNames: "assets/[name]-[hash:7][extname]",
        chunkFileNames: ({ facadeModuleId }) => `assets/${kindOf(facadeModuleId ?? "")}[name]-[hash:7].js`,
        codeSplitting: {
          groups: [
            { debugName: "application", name: application() },
            { name: "texts", test: TEXTS_SHOWN },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": { target: "http://127.0.0.1:8080", ws: true } } },
  test: { environment: "node", include: ["src/**/*.test.ts"], isolate: false },
} as Parameters<typeof defineConfig>[0]);
