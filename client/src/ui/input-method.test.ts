import { beforeEach, expect, test } from "vitest";
import { guardInputMethod } from "./input-method.ts";

let page: EventTarget;
let heard: string[];

beforeEach(() => {
  [page, heard] = [new EventTarget(), []];
  guardInputMethod(page);
  for (const kind of ["keydown", "keyup"]) page.addEventListener(kind, (event) => heard.push(`${kind} ${(event as KeyboardEvent).key}`));
});

function press(key: string, more: Partial<KeyboardEvent> = {}, kind = "keydown"): Event {
  const event = Object.assign(new Event(kind, { cancelable: true }), { key, keyCode: 0, isComposing: false, ...more });
  page.dispatchEvent(event);
  return event;
}

test.each([
  ["the Enter that confirms", { isComposing: true }],
  ["Safari's Enter, told of after the composition", { keyCode: 229 }],
])("%s reaches no handler", (_, more) => {
  press("Enter", more);
  press("Enter", more, "keyup");
  expect(heard).toEqual([]);
});

test("Enter and Escape of their own reach every handler", () => {
  press("Enter", { keyCode: 13 });
  const escape = press("Escape", { keyCode: 27 });
  expect(heard).toEqual(["keydown Enter", "keydown Escape"]);
  expect(escape.defaultPrevented).toBe(false);
});

test("the Escape that takes letters back closes nothing, and the other keys still write", () => {
  expect(press("Escape", { isComposing: true }).defaultPrevented).toBe(true);
  expect(press("a", { isComposing: true }).defaultPrevented).toBe(false);
  expect(heard).toEqual([]);
});
