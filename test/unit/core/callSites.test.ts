import { expect, it } from "vitest";
import { callSiteOf } from "../../../src/core/callSites.ts";
import { placeOf, type CallSite } from "../../../src/platform/callSite.ts";

const fn = (): void => undefined;

function make(given: () => void): CallSite {
  return callSiteOf(given, make);
}

function lines(sites: readonly CallSite[]): (string | undefined)[] {
  return [...new Set(sites.map((site) => placeOf(site)?.split(":").at(-2)))];
}

it("thousands of calls in one loop have its place, and few objects", () => {
  const sites = Array.from({ length: 5000 }, () => make(fn));
  expect(lines(sites)).toHaveLength(1);
  expect(placeOf(sites[4999] ?? {})).toContain("callSites.test.ts");
  expect(new Set(sites).size).toBeLessThan(100);
});

it("two calls that take turns keep their own places", () => {
  const [one, other]: [CallSite[], CallSite[]] = [[], []];
  for (let count = 0; count < 500; count++) {
    one.push(make(fn));
    other.push(make(fn));
  }
  expect([lines(one).length, lines(other).length, lines([...one, ...other]).length]).toEqual([1, 1, 2]);
});

it("what comes after other code has run is looked at anew", async () => {
  for (let count = 0; count < 200; count++) make(fn);
  await Promise.resolve();
  const later = make(fn);
  const last = make(fn);
  expect(lines([later, last])).toHaveLength(2);
});

it("another function has places of its own", () => {
  for (let count = 0; count < 200; count++) make(fn);
  const other = make(() => undefined);
  const again = make(fn);
  expect(lines([other, again])).toHaveLength(2);
});
