/** Where it begins. */
import { mount } from "svelte";
import App from "./App.svelte";
import { speak } from "./i18n/i18n.svelte.ts";
import { usual } from "./i18n/languages.ts";
import "./ui/base.css";
import "./ui/tokens.css";
import { keepShell } from "./sync/shell.ts";
import { guardInputMethod } from "./ui/input-method.ts";
import { dress } from "./ui/theme.svelte.ts";

dress();
guardInputMethod(window);
await speak(usual());
mount(App, { target: document.getElementById("app") as HTMLElement });
if (import.meta.env.PROD) keepShell();
