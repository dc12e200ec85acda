/** Nobody is led away from Hallway by an address that only looks like one of its pages. */
import { expect, test, vi } from "vitest";
import { ownAddress, signInFor } from "./landing.ts";

const HERE = "https://hall.example";

test.each([
  ["/messages", "/messages"],
  ["/messages/01980000-0000-7000-8000-000000000001", "/messages/01980000-0000-7000-8000-000000000001"],
  ["/messages/to/5?course=7", "/messages/to/5?course=7"],
  ["/me#notices", "/me#notices"],
  ["/admin/../courses", "/courses"],
  ["/messages?next=//evil.example", "/messages?next=//evil.example"],
])("%s is a page of ours", (wanted, address) => {
  expect(ownAddress(wanted, HERE)).toBe(address);
});

test.each([
  "",
  "/",
  "//",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "/\\/evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "\t//evil.example",
  " //evil.example",
  "/.//evil.example",
  "/..//evil.example",
  "/a/..//evil.example",
  "/%2e//evil.example",
  "/%2E%2e//evil.example",
  "https://evil.example",
  "https:/evil.example",
  "https:evil.example",
  "https://hall.example@evil.example/",
  "HTTPS://evil.example/messages",
  "javascript:alert(1)",
  "JavaScript:alert(1)",
  "java\nscript:alert(1)",
  "data:text/html,hello",
  "blob:https://hall.example/1",
  "%2F%2Fevil.example",
  "messages",
  "./messages",
  "?next=/messages",
  "/api/v1/me",
  "/sign-in?next=/sign-in",
  "/set-up?token=1",
  "/link/secret",
  "/stop-mails?token=1",
  "/forgot-password",
  "http://[",
])("%j leads nowhere", (wanted) => {
  expect(ownAddress(wanted, HERE)).toBe("");
});

test("what stays encoded is a page that is not there, never another site", () => {
  for (const wanted of ["/%2Fevil.example", "/%5Cevil.example", "/%09/evil.example"]) {
    const found = ownAddress(wanted, HERE);
    expect(new URL(found || "/", HERE).origin).toBe(HERE);
    expect(found.startsWith("//")).toBe(false);
  }
});

test("the sign-in page remembers where one wanted to go, and nothing else", () => {
  vi.stubGlobal("location", { origin: HERE });
  expect(signInFor("/messages/5?course=7")).toBe("/sign-in?next=%2Fmessages%2F5%3Fcourse%3D7");
  expect(signInFor("/")).toBe("/sign-in");
  expect(signInFor("//evil.example")).toBe("/sign-in");
  vi.unstubAllGlobals();
});
