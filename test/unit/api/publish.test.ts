import { expect, test } from "vitest";
import * as library from "../../../src/index.ts";
import { currentSession } from "../../../src/session/currentSession.ts";

test.each(Object.entries(library))("%s is known as the library's own, so that closures refer to it by name", (name, exported) => {
  expect(currentSession().library?.[name]).toBe(exported);
  expect(exported.name).toBe(name);
});
