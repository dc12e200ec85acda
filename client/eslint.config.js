import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import { defineConfig } from "eslint/config";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

/** Each rule that is off or weaker than its set has its reason beside it. */
export default defineConfig(
  { ignores: ["src/protocol/api.ts"] },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  svelte.configs.recommended,
  svelte.configs.prettier,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.serviceworker },
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: [".svelte"] },
    },
    rules: {
      // `() => void work()` and `() => close()` are how events are handled here.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true, ignoreVoidOperator: true }],
      // `void [route.path, messages.facts]` says on what an effect depends.
      "@typescript-eslint/no-meaningless-void-operator": "off",
      // The types of the DOM promise what an old browser, or a page without TLS, does not have.
      "@typescript-eslint/no-unnecessary-condition": "off",
      // Only texts are spread, by code point, which is what they are spread for.
      "@typescript-eslint/no-misused-spread": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // `const { [id]: _, ...others }` leaves an entry out.
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_$" }],
      // Maps and dates are made, read and dropped in one function; what is watched is $state.
      "svelte/prefer-svelte-reactivity": "off",
      // It takes those for unused that svelte-check, which fails without them, needs.
      "svelte/no-unused-svelte-ignore": "off",
      // `{" "}` is the blank that stays.
      "svelte/no-useless-mustaches": "off",
    },
  },
  { files: ["**/*.svelte", "**/*.svelte.ts"], languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } } },
  {
    // What a component exports is `any` to ESLint, and so is what its snippets are given; svelte-check knows these types.
    files: ["**/*.svelte", "src/views/admin/users.ts", "src/views/admin/users.test.ts"],
    rules: Object.fromEntries(
      ["argument", "assignment", "call", "member-access", "return"].map((use) => [`@typescript-eslint/no-unsafe-${use}`, "off"]),
    ),
  },
  {
    // A played server answers by promises, whether it waits or not, and reads what it was sent as it came.
    files: ["**/*.test.ts"],
    rules: {
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-base-to-string": "off",
      "@typescript-eslint/no-deprecated": "off",
    },
  },
);
