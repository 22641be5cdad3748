/** The lecture's scenarios: they run under every plan, and what they find is the same. */

import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const folder = fileURLToPath(new URL("../examples/lecture/", import.meta.url));
const scenarios = readdirSync(folder).sort();
/** Those that take seconds of pure work are run once in threads. */
const long = new Set(["2-three-models.ts", "3-cross-validation.ts", "4-allocation.ts"]);

async function run(name: string, plan: string): Promise<string> {
  const env = { ...process.env, FUTURE_PLAN: plan, FLIGHTS: "100000" };
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", folder + name], { env });
  return stdout;
}

/** Without times and workers. */
function findings(output: string): string {
  return output.replaceAll(/\d+(\.\d+)? m?s\b|\d+ workers/g, "…");
}

describe.each(scenarios.filter((name) => !long.has(name)))("%s", (name) => {
  test("finds the same under every plan", async () => {
    const home = findings(await run(name, "sequential"));
    expect(home).toMatch(/\d\.\d/);
    expect(findings(await run(name, "multicore:2"))).toBe(home);
    expect(findings(await run(name, "multisession:2"))).toBe(home);
  });
});

test("2: three models give their errors, more trees the smaller ones", async () => {
  const output = await run("2-three-models.ts", "multicore:2");
  const [small = 0, middle = 0, large = 0] = [...output.matchAll(/(?:small|middle|large): ([\d.]+)/g)].map(([, error]) => Number(error));
  expect(small).toBeGreaterThan(middle);
  expect(middle).toBeGreaterThan(large);
  expect(large).toBeGreaterThan(0);
});

test("3: cross-validation in processes gives one error", async () => {
  expect(await run("3-cross-validation.ts", "multisession:2")).toMatch(/^RMSE \d+\.\d{3} min; 2 workers: [\d.]+ s\n$/);
});

test("4: all allocations are shown with their makespans", async () => {
  const output = await run("4-allocation.ts", "multicore:2");
  expect(output.match(/^(static|dynamic) .* \d+ ms$/gm)).toHaveLength(3);
});

test("every scenario of the lecture that this version can run is here", () => {
  expect(scenarios.map((name) => name.split("-")[0])).toEqual(["2", "3", "4", "5a", "6", "7"]);
});
