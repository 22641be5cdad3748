/**
 * Instances of packages' classes keep their class, both ways: packages are written into a folder of their own, and one program for each uses
 * all that it has. What cannot keep it is refused by name.
 */

import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { forms } from "./kinds.ts";
import { ownModule, ownProgram, ownPromised } from "./ownProgram.ts";
import { program, promised } from "./program.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const plans = ["sequential", "multicore:2", "multisession:2", "cluster:localhost+localhost"];
const run = promisify(execFile);
let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "futureplan-packages-")));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/futureplan"), "junction");
  for (const [name, { manifest, text }] of Object.entries(forms)) {
    mkdirSync(join(folder, "node_modules", name));
    writeFileSync(
      join(folder, "node_modules", name, "package.json"),
      JSON.stringify({ name, version: "1.0.0", main: "index.js", ...manifest }),
    );
    writeFileSync(join(folder, "node_modules", name, "index.js"), text);
    writeFileSync(join(folder, `${name}.mjs`), program(name));
  }
  writeFileSync(join(folder, "own.mjs"), ownModule);
  writeFileSync(join(folder, "main.mjs"), ownProgram);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(plans)("under %s", (plan) => {
  test.each(Object.keys(forms))("classes of a package as %s", async (form) => {
    await expectLines(`${form}.mjs`, plan, promised(form));
  });

  test("classes made in futures, classes of the user's files, and modules that home cannot load", async () => {
    await expectLines("main.mjs", plan, ownPromised(plan));
  });
});

async function expectLines(file: string, plan: string, wanted: readonly (string | RegExp)[]): Promise<void> {
  const { stdout } = await run(process.execPath, [file], { cwd: folder, env: { ...process.env, FUTURE_PLAN: plan } });
  const lines = stdout.trimEnd().split("\n");
  expect(lines.length).toBe(wanted.length);
  const isWanted = (line: string, at: number): boolean => {
    const one = wanted[at];
    return typeof one === "string" ? line === one : one?.test(line) === true;
  };
  expect(lines.filter((line, at) => !isWanted(line, at))).toEqual([]);
}
