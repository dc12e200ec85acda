import { FluentResource } from "@fluent/bundle";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Rolldown } from "vite";
import { defineConfig, type HtmlTagDescriptor, type Plugin } from "vite";

const APPLICATION = join(import.meta.dirname, "src/start.ts");

/** Catalogues are read while the client is built, so that no browser has to. */
function fluent(): Plugin {
  return {
    name: "fluent",
    transform: {
      filter: { id: /\.ftl$/ },
      handler: (text) => ({ code: `export default ${JSON.stringify(new FluentResource(text))};`, map: null }),
    },
  };
}

/** All that the application imports before it shows anything, as one file: one way over a slow network, not thirty. */
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

/** The page asks for the application's files beside the few lines that start it. */
function preloaded(): Plugin {
  return {
    name: "preloaded",
    apply: "build",
    transformIndexHtml: (_html, { bundle = {} }): HtmlTagDescriptor[] => {
      const chunks = Object.values(bundle).filter((one) => one.type === "chunk");
      const [start] = chunks.filter((one) => one.facadeModuleId === APPLICATION);
      const needed = chunks.filter((one) => one === start || start?.imports.includes(one.fileName));
      const styles = needed.flatMap((one) => [...(one.viteMetadata?.importedCss ?? [])]);
      return [
        ...needed.map((one) => link("modulepreload", one.fileName)),
        ...[...new Set(styles)].map((one) => link("stylesheet", one)),
      ];
    },
  };
}

function link(rel: string, file: string): HtmlTagDescriptor {
  return { tag: "link", injectTo: "head", attrs: { rel, crossorigin: true, href: `/${file}` } };
}

/** Puts a packed twin beside every text asset, so that the server never compresses while people wait. */
function packed(): Plugin {
  return {
    name: "packed",
    apply: "build",
    // Once all is written: the texts are not final before.
    writeBundle({ dir = "" }, bundle) {
      for (const name of Object.keys(bundle).filter((one) => /\.(js|css|svg|html)$/.test(one))) {
        const content = readFileSync(join(dir, name));
        writeFileSync(join(dir, `${name}.gz`), gzipSync(content, { level: 9 }));
        writeFileSync(join(dir, `${name}.br`), brotliCompressSync(content));
      }
    },
  };
}

export default defineConfig({
  plugins: [svelte(), fluent(), preloaded(), packed()],
  build: {
    outDir: "../src/hallway/web",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "main", tags: ["$initial"] }, { debugName: "application", name: application() }] } } },
  },
  server: { proxy: { "/api": { target: "http://127.0.0.1:8080", ws: true } } },
  test: { environment: "node", include: ["src/**/*.test.ts"] },
} as Parameters<typeof defineConfig>[0]);
