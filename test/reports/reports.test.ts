/**
 * Small programs that real users' reports led to: each prints under every plan what its last comment says. That text comes from the
 * report or from the same program without futures, never from what the library printed. The packages they use are installed here, apart from the project's own.
 */

import { execFile } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const folder = fileURLToPath(new URL(".", import.meta.url));
const programs = readdirSync(join(folder, "programs")).filter((name) => /\.m?[jt]s$/.test(name));
const plans = ["sequential", "multicore:2", "multisession:2", "cluster:localhost+localhost"];
const run = promisify(execFile);

/** The lines after `// Prints:`; after `// Prints under <plan>:` where a plan has its own. */
function promised(source: string, plan: string): string {
  const [name = ""] = plan.split(":");
  const own = source.split(`\n// Prints under ${name}:\n`)[1];
  const [comment = ""] = (own ?? source.split("\n// Prints:\n")[1] ?? "").split("\n// Prints");
  return comment.trimEnd().replaceAll(/^\/\/ ?/gm, "");
}

describe.each(plans)("under %s", (plan) => {
  test.each(programs)("%s prints what it says", async (name) => {
    const file = join(folder, "programs", name);
    const source = readFileSync(file, "utf8");
    const [, flags] = /^\/\/ node (.*)\n/.exec(source) ?? [];
    const loader = name.endsWith("ts") ? ["--import", "tsx"] : [];
    const { stdout } = await run(process.execPath, [...loader, ...(flags?.split(" ") ?? []), file], {
      cwd: folder,
      env: { ...process.env, FUTURE_PLAN: plan },
    });
    expect(stdout.trimEnd()).toBe(promised(source, plan));
  });
});

test("every program says what it prints", () => {
  const silent = programs.filter((name) =>
    plans.some((plan) => promised(readFileSync(join(folder, "programs", name), "utf8"), plan) === ""),
  );
  expect(programs.length).toBeGreaterThan(0);
  expect(silent).toEqual([]);
});
