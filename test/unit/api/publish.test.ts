import { expect, test } from "vitest";
import * as library from "../../../src/index.ts";
import { libraryReference } from "../../../src/codec/Linker.ts";
import { currentSession } from "../../../src/session/currentSession.ts";
import { publish } from "../../../src/session/publish.ts";

test.each(Object.entries(library))("%s is known as the library's own, so that closures refer to it by name", (name, exported) => {
  expect(currentSession().library?.[name]).toBe(exported);
  expect(exported.name).toBe(name);
});

test("exports of a copy are known although another one has published its own since", () => {
  const { library: before } = currentSession();
  try {
    publish({ value: () => "the other copy's" });
    expect(libraryReference(library.value)).toEqual(["library", "value"]);
  } finally {
    currentSession().library = before;
  }
});
