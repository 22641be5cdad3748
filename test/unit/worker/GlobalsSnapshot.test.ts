import { expect, it } from "vitest";
import { GlobalsSnapshot } from "../../../src/worker/GlobalsSnapshot.ts";

it("puts properties back without invoking a getter", () => {
  let calls = 0;
  const key = Symbol("key");
  const target: Record<PropertyKey, unknown> = { kept: NaN, changed: 1, removed: 2, [key]: 3 };
  Object.defineProperty(target, "lazy", { get: () => (calls += 1), configurable: true });
  const snapshot = new GlobalsSnapshot(target);
  target["changed"] = -1;
  target["added"] = 4;
  delete target["removed"];
  delete target[key];
  Object.defineProperty(target, "lazy", { value: 5 });
  expect(snapshot.restore()).toEqual([]);
  expect(calls).toBe(0);
  expect(Reflect.ownKeys(target).toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
    "changed",
    "kept",
    "lazy",
    "removed",
    key,
  ]);
  expect(target).toMatchObject({ changed: 1, removed: 2, lazy: 1, [key]: 3 });
});

it("names what cannot be put back", () => {
  const target = {};
  const snapshot = new GlobalsSnapshot(target);
  Object.defineProperty(target, "stuck", { value: 1 });
  expect(snapshot.restore()).toEqual(["globalThis.stuck"]);
});
