/** The example of a backend of one's own passes the whole published suite. */

import { readFileSync } from "node:fs";
import type { SpecFactory } from "futureplan/backend";
import { runConformance } from "futureplan/testing";
import { expect, test } from "vitest";

const file = new URL("../examples/14-own-backend.mjs", import.meta.url);

test("a backend of one's own is written in under 60 lines", () => {
  expect(readFileSync(file, "utf8").trimEnd().split("\n").length).toBeLessThan(60);
});

test("a backend of one's own passes the conformance suite", { timeout: 600_000 }, async () => {
  const { polite, setup } = (await import(file.href)) as { polite: SpecFactory; setup: () => unknown };
  const plan = polite({ workers: 2, oversubscribe: true, setup });
  const { ok, failed } = await runConformance(plan, { preamble: `await import(${JSON.stringify(file.href)});` });
  expect(failed).toEqual([]);
  expect(ok.length).toBeGreaterThan(100);
});
