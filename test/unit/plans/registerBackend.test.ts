import { expect, test } from "vitest";
import { PlanInvalid } from "../../../src/errors/errors.ts";
import { parsePlan } from "../../../src/plans/parsePlan.ts";
import { registerBackend } from "../../../src/plans/registerBackend.ts";
import type { BackendEntry } from "../../../src/plans/registry.ts";
import { strings } from "../../../src/plans/rules.ts";
import { capabilities } from "../core/memoryBackend.ts";

const entry: BackendEntry = { capabilities, load: () => Promise.resolve({}) };

test("a registered backend is a plan by its name, with the options of every parallel plan", () => {
  const mine = registerBackend("mine", entry);
  expect(mine({ workers: 3 })).toEqual(parsePlan("mine", { workers: 3 })[0]);
});

test("a backend's own options are written beside the others, are checked, and travel under extra", () => {
  const hosts = registerBackend("hosts", { ...entry, readExtra: (read) => ({ hosts: read.read("hosts", strings, []) }) });
  const spec = hosts({ hosts: ["a", "b"], workers: 2 });
  expect(spec.options.extra).toEqual({ hosts: ["a", "b"] });
  expect(parsePlan(spec, { workers: 1 })[0].options).toMatchObject({ workers: 1, extra: { hosts: ["a", "b"] } });
  expect(() => hosts({ hosts: [1] })).toThrow('Option "hosts" of hosts() must be an array of strings');
  expect(() => hosts({ host: "a" })).toThrow('hosts() has no option "host"');
});

test.each(["sequential", "a b", "1st", ""])("%j cannot be the name of a new backend", (name) => {
  expect(() => registerBackend(name, entry)).toThrow(PlanInvalid);
});
