// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { longPress } from "./long-press.ts";

let pressed: string[];
let detach: () => void;

const at = (id: string) => document.getElementById(id) as HTMLElement;

function point(name: string, id: string, more: PointerEventInit = {}): void {
  at(id).dispatchEvent(
    new PointerEvent(name, { bubbles: true, cancelable: true, isPrimary: true, pointerType: "touch", clientX: 50, clientY: 50, ...more }),
  );
}

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = `<div id="box"><p class="one" id="text">Text <a id="link" href="#x">link</a> <input id="box-of-one"> <span popover="manual" id="menu"></span></p><p id="other"></p></div>`;
  pressed = [];
  detach = longPress(".one", (one) => pressed.push(one.id))(at("box"));
});

afterEach(() => {
  detach();
  vi.useRealTimers();
});

test("a finger that rests for half a second presses what it rests on", () => {
  point("pointerdown", "text");
  vi.advanceTimersByTime(499);
  expect(pressed).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(pressed).toEqual(["text"]);
});

test.each([
  ["is lifted", "pointerup", {}],
  ["scrolls", "pointercancel", {}],
  ["moves on", "pointermove", { clientY: 61 }],
])("a finger that %s first presses nothing", (_, name, more) => {
  point("pointerdown", "text");
  point(name, "text", more);
  vi.advanceTimersByTime(1000);
  expect(pressed).toEqual([]);
});

test("a finger that trembles presses all the same", () => {
  point("pointerdown", "text");
  point("pointermove", "text", { clientY: 58 });
  vi.advanceTimersByTime(500);
  expect(pressed).toEqual(["text"]);
});

test("a mouse, what has a use of its own within, and what lies beside press nothing", () => {
  point("pointerdown", "text", { pointerType: "mouse" });
  vi.advanceTimersByTime(1000);
  for (const id of ["link", "box-of-one", "menu", "other"]) {
    point("pointerdown", id);
    vi.advanceTimersByTime(1000);
  }
  expect(pressed).toEqual([]);
});

test("the click of a long press does not come, that of the next one does", () => {
  const clicks: string[] = [];
  at("text").addEventListener("click", () => clicks.push("click"));
  point("pointerdown", "text");
  vi.advanceTimersByTime(500);
  at("text").click();
  expect(clicks).toEqual([]);
  point("pointerdown", "text");
  point("pointerup", "text");
  at("text").click();
  expect(clicks).toEqual(["click"]);
});
