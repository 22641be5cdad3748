/** What is written to disk: one file without a name for each worker process, which nobody else can open, and nothing else. */

import { execFile } from "node:child_process";
import { fstatSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FileLedger } from "../../src/backends/FileLedger.ts";
import { openScratch } from "../../src/conformance/host/scratch.ts";

const library = new URL("../../dist/index.js", import.meta.url).href;
let folder = "";
let mask = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "futureplan-files-"));
  mask = process.umask(0);
  vi.stubEnv("TMPDIR", folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  process.umask(mask);
  rmSync(folder, { recursive: true });
});

test("the ledger of a process is its owner's alone, even where files are everyone's, and has no name", () => {
  const ledger = FileLedger.open();
  const { mode, nlink } = fstatSync(ledger?.descriptor ?? -1);
  ledger?.close();
  expect([(mode & 0o777).toString(8), nlink, readdirSync(folder)]).toEqual(["600", 0, []]);
});

test("where somebody has guessed its name and put a link there, nothing is written through it", () => {
  const victim = join(folder, "victim");
  writeFileSync(victim, "untouched");
  vi.spyOn(process.hrtime, "bigint").mockReturnValue(35n);
  const link = join(folder, `futureplan-${process.pid}-z`);
  symlinkSync(victim, link);
  expect(FileLedger.open()).toBeUndefined();
  expect([readFileSync(victim, "utf8"), lstatSync(link).isSymbolicLink()]).toEqual(["untouched", true]);
});

test("the scratch directory of the conformance suite is its owner's alone", () => {
  const scratch = openScratch();
  const { mode } = lstatSync(dirname(scratch.directory()));
  scratch.remove();
  expect((mode & 0o777).toString(8)).toBe("700");
});

test("no other file of the library can open one for writing", () => {
  const root = fileURLToPath(new URL("../../src/", import.meta.url));
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.startsWith("conformance"),
  );
  const writing = /\b(?:open|writeFile|appendFile|mkdir|mkdtemp|copyFile|symlink)Sync\b|createWriteStream|from "node:fs\/promises"/;
  expect(files.filter((file) => writing.test(readFileSync(join(root, file), "utf8")))).toEqual([join("backends", "FileLedger.ts")]);
});

test("a program that uses every plan on this machine leaves no file where it may write", async () => {
  const source = `
    import { future, futureMap, plan, shutdown, value } from ${JSON.stringify(library)};
    const sums = [];
    for (const name of ["sequential", "multicore", "multisession", "cluster"]) {
      plan(name, name === "cluster" ? { workers: ["localhost"] } : {});
      sums.push(await value(future((list) => list.length, [new Float64Array(100_000)])), await futureMap([1, 2], (x) => x + Math.random() * 0, { seed: 1 }));
      await value(future(() => process.kill(process.pid, 0)));
    }
    await shutdown();
    console.log(JSON.stringify(sums));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", source], {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, TMPDIR: folder },
  });
  expect(JSON.parse(stdout)).toEqual([1, 2, 3, 4].flatMap(() => [100_000, [1, 2]]));
  expect(readdirSync(folder)).toEqual([]);
});
