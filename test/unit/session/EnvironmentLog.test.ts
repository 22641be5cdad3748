import { expect, test } from "vitest";
import { EnvironmentLog } from "../../../src/session/EnvironmentLog.ts";

test("names are told that were written since, each once", () => {
  const log = new EnvironmentLog();
  for (const name of ["a", "b", "a"]) log.note(name);
  expect([log.since(0), log.since(2), log.since(log.version)]).toEqual([["a", "b"], ["a"], []]);
});

test("a comparison notes what was set, changed and deleted since the one before; the first notes nothing", () => {
  const log = new EnvironmentLog();
  const environment: Record<string, string | undefined> = { kept: "1", changed: "1", deleted: "1" };
  log.compare(environment);
  expect(log.version).toBe(0);
  environment["changed"] = "2";
  environment["set"] = "1";
  delete environment["deleted"];
  log.compare(environment);
  expect(new Set(log.since(0))).toEqual(new Set(["changed", "set", "deleted"]));
  const { version } = log;
  log.compare(environment);
  expect(log.version).toBe(version);
});
