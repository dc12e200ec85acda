import { expect, test } from "vitest";
import { typedPeople } from "./typed-people.ts";

test.each([
  "Maya Chen, maya@hall.example",
  "Maya Chen <maya@hall.example>",
  '"Maya Chen" <maya@hall.example>',
  "Maya Chen\tmaya@hall.example",
  "Maya Chen; maya@hall.example",
  "maya@hall.example Maya Chen",
  "  Maya   Chen   (maya@hall.example)  ",
  "Maya Chen mailto:maya@hall.example",
])("%s is Maya", (line) => {
  const { people, unclear } = typedPeople(line);
  expect(unclear).toEqual([]);
  expect(people).toEqual([{ line: line.trim(), name: "Maya Chen", email: "maya@hall.example", login: "maya" }]);
});

test("each line is somebody, and those that are unclear are told apart", () => {
  const { people, unclear } = typedPeople("Maya Chen, maya@hall.example\r\n\r\nنور حداد nour@hall.example\nOmar\nonly@hall.example\n");
  expect(people.map((one) => [one.name, one.login])).toEqual([
    ["Maya Chen", "maya"],
    ["نور حداد", "nour"],
  ]);
  expect(unclear).toEqual(["Omar", "only@hall.example"]);
  expect(typedPeople(" \n\n")).toEqual({ people: [], unclear: [] });
});

test("a login that cannot be made of the address is the address", () => {
  expect(typedPeople("A B, x@hall.example").people[0]?.login).toBe("x@hall.example");
  expect(typedPeople("A B, Ünal@hall.example").people[0]?.login).toBe("ünal@hall.example");
});
