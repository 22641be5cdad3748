/** Every example prints, under every plan, what its last comment says. */

import { execFile } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const folder = fileURLToPath(new URL("../examples/", import.meta.url));
const examples = readdirSync(folder).filter((name) => /^\d\d-.*\.m?[jt]s$/.test(name));
const run = promisify(execFile);

/** The lines after `// Prints:`. */
function promised(source: string): string {
  const [, comment = ""] = source.split("\n// Prints:\n");
  return comment.trimEnd().replaceAll(/^\/\/ ?/gm, "");
}

describe.each(["sequential", "multicore:2", "multisession:2"])("under %s", (plan) => {
  test.each(examples)("%s prints what it says", async (name) => {
    const file = folder + name;
    const { stdout } = await run(process.execPath, ["--import", "tsx", file], { env: { ...process.env, FUTURE_PLAN: plan } });
    expect(stdout.trimEnd()).toBe(promised(readFileSync(file, "utf8")));
  });
});

test("every example is short and says what it prints", () => {
  const sources = examples.map((name) => readFileSync(folder + name, "utf8"));
  expect(examples.length).toBeGreaterThan(0);
  expect(sources.filter((source) => promised(source) === "" || source.trimEnd().split("\n").length > 60)).toEqual([]);
});
