/** Where the library cannot work it says so in one sentence, at once: inside a bundle, on an old Node, where ES modules cannot be required. */

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");
const run = promisify(execFile);
let project: string;

beforeAll(async () => {
  project = await realpath(await mkdtemp(join(tmpdir(), "futureplan-bundled-")));
  await writeFile(join(project, "package.json"), "{}");
  await mkdir(join(project, "node_modules"));
  await symlink(root, join(project, "node_modules/futureplan"), "dir");
});

afterAll(() => rm(project, { recursive: true, force: true }));

/** What the uncaught error says; fails where there is none. */
async function complaint(args: readonly string[]): Promise<string> {
  const ended = await run(process.execPath, [...args], { cwd: project }).catch((error: { stderr: string }) => error);
  const [, message] = /^Error: (.*)$/m.exec(ended.stderr) ?? [];
  return message ?? `no error: ${ended.stderr}`;
}

async function bundle(source: string, format: "esm" | "cjs"): Promise<string> {
  const outfile = join(project, `out/${format === "esm" ? "bundle.mjs" : "bundle.cjs"}`);
  const stdin = { contents: source, resolveDir: project };
  await build({ stdin, bundle: true, format, platform: "node", outfile, logLevel: "silent" });
  return outfile;
}

const staysExternal =
  /^futureplan was made part of a bundle.* it has to stay external\. esbuild: --external:futureplan; rollup: .*Next: serverExternalPackages/;

test.each([
  ["esm", 'import { future } from "futureplan"; console.log(future);'],
  ["cjs", 'import { future } from "futureplan"; console.log(future);'],
  ["cjs", 'console.log(require("futureplan").future);'],
  ["esm", 'import { defineBackend } from "futureplan/backend"; console.log(defineBackend);'],
] as const)("a bundle as %s says that futureplan has to stay external: %s", async (format, source) => {
  expect(await complaint([await bundle(source, format)])).toMatch(staysExternal);
});

test("a bundler that keeps import.meta.url, as webpack does, is seen through", async () => {
  const file = await bundle('import { future } from "futureplan"; console.log(future);', "esm");
  const real = JSON.stringify(new URL("../../dist/index.js", import.meta.url).href);
  await writeFile(file, (await readFile(file, "utf8")).replaceAll("import.meta.url", real));
  expect(await complaint([file])).toMatch(staysExternal);
});

test("random numbers need no files and work in a bundle", async () => {
  const file = await bundle('import { LecuyerCMRG } from "futureplan/random"; console.log(new LecuyerCMRG(42).random());', "esm");
  expect(Number((await run(process.execPath, [file])).stdout)).toBeGreaterThan(0);
});

/** Code that plays an older version before anything is loaded. */
const old = 'Object.defineProperty(process.versions, "node", { value: "18.20.8" });';

test("an old Node is told which one is needed", async () => {
  await writeFile(join(project, "old.mjs"), old);
  await writeFile(join(project, "main.mjs"), 'import "futureplan";');
  expect(await complaint(["--import", "./old.mjs", "main.mjs"])).toMatch(
    /^futureplan needs Node 20\.19 or newer; this is Node 18\.20\.8 \(.*\)\.$/,
  );
});

test("so is one that cannot require ES modules", async () => {
  await writeFile(join(project, "require.cjs"), `${old} require("futureplan");`);
  expect(await complaint(["--no-experimental-require-module", "require.cjs"])).toMatch(
    /^futureplan needs Node 20\.19 or newer; this is Node 18/,
  );
});

test("what else cannot require ES modules hears what jest needs", async () => {
  await writeFile(join(project, "new.cjs"), 'require("futureplan");');
  expect(await complaint(["--no-experimental-require-module", "new.cjs"])).toMatch(
    /^futureplan is an ES module, and what runs here cannot require\(\) one .* jest can on Node 24\.9 or newer, started with `node --experimental-vm-modules/,
  );
});

test("require() and import() give the same library", async () => {
  const source = 'const fp = require("futureplan"); import("futureplan").then((it) => console.log(it === fp, typeof fp.future));';
  await writeFile(join(project, "same.cjs"), source);
  expect((await run(process.execPath, ["same.cjs"], { cwd: project })).stdout.trim()).toBe("true function");
});
