import { afterEach, expect, test } from "vitest";
import { wording } from "../i18n/i18n.svelte.ts";
import { channelName } from "./channels.ts";

const SMS = { name: "sms", labels: { en: "Text message", ru: "СМС" }, whens: ["now" as const] };

afterEach(() => {
  wording.language = "en";
});

test.each([
  ["en", "Text message"],
  ["ru", "СМС"],
  ["ar", "Text message"],
] as const)("a channel has the name that the server gives it in %s, else the English one", (language, expected) => {
  wording.language = language;
  expect(channelName([SMS], "sms")).toBe(expected);
});

test("a channel without a name is called as the server calls it", () => {
  expect(channelName([SMS], "pigeon")).toBe("pigeon");
});
