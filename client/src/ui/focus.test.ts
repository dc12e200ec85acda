// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { neighbourOf } from "./focus.ts";

const at = (id: string) => document.getElementById(id) as HTMLElement;

beforeEach(() => {
  document.body.innerHTML = `
    <main><h1 id="page">Course</h1>
      <section><h2 id="people">Experts</h2>
        <ul>
          <li id="first"><button id="first-edit"></button><button id="first-cross"></button></li>
          <li id="second"><button id="second-cross"></button></li>
          <li id="third"><button id="third-cross"></button></li>
        </ul>
      </section>
    </main>`;
});

test("what is still there keeps the focus", () => {
  expect(neighbourOf(at("second-cross"))()).toBe(at("second-cross"));
});

test("what stays and can no longer be pressed hands it on", () => {
  const next = neighbourOf(at("second-cross"));
  at("second-cross").setAttribute("disabled", "");
  expect(next()).toBe(at("third-cross"));
});

test("the focus of an item that leaves goes to the next one, of the last one to the one before", () => {
  const [second, third] = [neighbourOf(at("second-cross")), neighbourOf(at("third-cross"))];
  at("second").remove();
  expect(second()).toBe(at("third-cross"));
  at("third").remove();
  expect(third()).toBe(at("first-cross"));
  expect(second()).toBe(at("first-cross"));
});

test("of the only item it goes to the heading of its section, which can have it then", () => {
  const next = neighbourOf(at("first-edit"));
  document.querySelector("ul")?.remove();
  expect(next()).toBe(at("people"));
  expect(at("people").tabIndex).toBe(-1);
});

test("where the whole section left, and where nothing had the focus, it goes to the heading of the page", () => {
  const next = neighbourOf(at("first-edit"));
  document.querySelector("section")?.remove();
  expect(next()).toBe(at("page"));
  expect(neighbourOf(null)()).toBe(at("page"));
});
