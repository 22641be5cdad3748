/** What the built package is made of: small where it must be, loading only what it needs, leaving nothing open. */

import { execFile } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

interface Output {
  readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
  readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
}

const root = fileURLToPath(new URL("../", import.meta.url));
const run = promisify(execFile);
const outputs: Readonly<Record<string, Output>> = Object.assign(
  {},
  ...(readJson("dist/meta.json") as { outputs: Record<string, Output> }[]).map((meta) => meta.outputs),
);
const manifest = readJson("package.json") as {
  exports: Record<string, string | { types: string; default: string }>;
  dependencies?: object;
};

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(root, file), "utf8"));
}

/** The bundles that evaluating `bundle` evaluates. */
function evaluated(bundle: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(bundle)) return seen;
  seen.add(bundle);
  const statics = (outputs[bundle]?.imports ?? []).filter(({ kind, external }) => kind === "import-statement" && external !== true);
  for (const { path } of statics) evaluated(path, seen);
  return seen;
}

/** The source files with code in these bundles. */
function contents(bundles: Iterable<string>): string[] {
  const inputs = [...bundles].flatMap((bundle) => Object.entries(outputs[bundle]?.inputs ?? {}));
  return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
}

async function evaluate(source: string): Promise<string> {
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", source], { cwd: root });
  return stdout.trim();
}

describe("the worker's program", () => {
  test("is one file under 64 KiB", () => {
    expect(statSync(join(root, "dist/worker.cjs")).size).toBeLessThan(64 * 1024);
    expect(outputs["dist/worker.cjs"]?.imports.filter(({ external }) => external !== true)).toEqual([]);
  });

  test("contains no package, and nothing of the host's side", () => {
    const files = contents(["dist/worker.cjs"]);
    expect(files).toContain("src/worker/host/main.ts");
    expect(files.filter((file) => /node_modules|src\/(core|backends|api|plans|globals)\//.test(file))).toEqual([]);
  });
});

describe('import "futureplan"', () => {
  test("evaluates neither effect, nor the parser, nor a backend", () => {
    const files = contents(evaluated("dist/index.js"));
    expect(files).toContain("src/api/future.ts");
    expect(files.filter((file) => /node_modules|src\/backends\//.test(file))).toEqual([]);
  });

  test("gives classes that are called what they are exported as", async () => {
    const script = `import * as fp from "futureplan";
      const classes = Object.entries(fp).filter(([, it]) => /^class\\b/.test(String(it)));
      console.log(classes.length > 0, classes.filter(([name, it]) => it.name !== name).map(([name]) => name).join());`;
    expect(await evaluate(script)).toBe("true");
  });

  test("does not load the inspector, the parser or worker threads", async () => {
    const script = 'import "futureplan"; import { createRequire } from "node:module"; console.log(process.moduleLoadList.join("\\n"));';
    const loaded = (await evaluate(script)).split("\n");
    expect(loaded).toContain("NativeModule module");
    expect(loaded.filter((name) => /^NativeModule (inspector|worker_threads|child_process|v8)$/.test(name))).toEqual([]);
  });
});

describe("the package", () => {
  const targets = Object.values(manifest.exports).flatMap((target) => (typeof target === "string" ? [target] : Object.values(target)));

  test("has no dependencies", () => {
    expect(manifest.dependencies).toBeUndefined();
  });

  test("exports files that the build made", () => {
    expect(targets.filter((target) => !existsSync(join(root, target)))).toEqual([]);
    const doors = Object.keys(outputs).filter((file) => /^dist\/(index|backend|testing|random)\.js$/.test(file));
    expect(doors.map((door) => `./${door}`).toSorted()).toEqual(targets.filter((target) => target.endsWith(".js")).toSorted());
  });

  test("ships what it exports, the worker, the parser and the licences, and no sources", async () => {
    const { stdout } = await run("npm", ["pack", "--dry-run", "--ignore-scripts", "--json"], { cwd: root });
    const files = (JSON.parse(stdout) as { files: { path: string }[] }[])[0]?.files.map(({ path }) => path) ?? [];
    const wanted = ["dist/worker.cjs", "dist/acorn.cjs", "dist/THIRD-PARTY-LICENSES.txt", "LICENSE", "README.md", "CHANGELOG.md"];
    expect(files).toEqual(expect.arrayContaining([...wanted, ...targets.map((target) => target.slice(2))]));
    expect(
      files.filter((file) => !/^(dist\/|LICENSE|README\.md|CHANGELOG\.md|package\.json)/.test(file) || file === "dist/meta.json"),
    ).toEqual([]);
  });
});

test.each(["sequential", "multicore", "multisession", "cluster"])("after shutdown %s leaves nothing open", async (name) => {
  const script = `
    import { future, plan, shutdown, value } from "futureplan";
    process.stdout.write(""), process.stderr.write(""); // opens both pipes
    const before = process.getActiveResourcesInfo();
    plan(${JSON.stringify(name)});
    await value([1, 2, 3].map((x) => future(() => x)));
    await shutdown();
    await new Promise((done) => setImmediate(done)); // handles end in the loop's close phase
    const after = process.getActiveResourcesInfo();
    for (const kind of before) if (after.includes(kind)) after.splice(after.indexOf(kind), 1);
    console.log(JSON.stringify(after));`;
  expect(await evaluate(script)).toBe("[]");
});
