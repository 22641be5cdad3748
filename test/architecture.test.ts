/** What the built package is made of: small where it must be, loading only what it needs, leaving nothing open. */

import { execFile } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";

/** Of `exports`: a file, or files by condition. */
type Target = string | { readonly [condition: string]: Target };

function files(target: Target): string[] {
  return typeof target === "string" ? [target] : Object.values(target).flatMap(files);
}

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
  exports: Record<string, Target>;
  dependencies?: object;
};

const document = readFileSync(join(root, "SECURITY.md"), "utf8");

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
  test("evaluates neither a package, nor a backend", () => {
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

  test("links on Node 16 and 18, so that it can say there what it needs", () => {
    const sources = [...evaluated("dist/index.js")].map((bundle) => readFileSync(join(root, bundle), "utf8")).join("\n");
    const imports = [...sources.matchAll(/^import \{([^}]*)\} from "node:(.*)";$/gm)];
    const names = imports.flatMap(([, list = "", module]) =>
      list.split(",").map((name) => `${module} ${name.trim().replace(/ as .*/, "")}`),
    );
    expect([...new Set(names)].toSorted()).toEqual(oldBuiltins);
  });

  test("does not load the inspector, the parser or worker threads", async () => {
    const script = 'import "futureplan"; import { createRequire } from "node:module"; console.log(process.moduleLoadList.join("\\n"));';
    const loaded = (await evaluate(script)).split("\n");
    expect(loaded).toContain("NativeModule module");
    expect(loaded.filter((name) => /^NativeModule (inspector|worker_threads|child_process|v8)$/.test(name))).toEqual([]);
  });
});

describe("the package", () => {
  const targets = Object.values(manifest.exports).flatMap(files);

  test("has no dependencies", () => {
    expect(manifest.dependencies).toBeUndefined();
  });

  test("exports files that the build made", () => {
    expect(targets.filter((target) => !existsSync(join(root, target)))).toEqual([]);
    const doors = Object.keys(outputs).filter((file) => /^dist\/(index|backend|testing|random)\.js$/.test(file));
    expect(doors.map((door) => `./${door}`).toSorted()).toEqual(targets.filter((target) => target.endsWith(".js")).toSorted());
  });

  test("keeps what feeds Math.random in bundles that use nothing else", async () => {
    const stdin = { contents: 'import "futureplan";', resolveDir: root };
    const { outputFiles } = await build({ stdin, bundle: true, write: false, format: "esm", platform: "node", logLevel: "error" });
    expect(outputFiles[0]?.text).toContain("futureplan/feeder");
  });

  test("ships what its doors lead to, what is loaded by name, the licences and the documents, and nothing else", async () => {
    const { stdout } = await run("npm", ["pack", "--dry-run", "--ignore-scripts", "--json"], { cwd: root });
    const files = (JSON.parse(stdout) as { files: { path: string }[] }[])[0]?.files.map(({ path }) => path) ?? [];
    const doors = targets.filter((target) => target.endsWith(".js")).map((target) => target.slice(2));
    const declared = targets.filter((target) => /\.d\.c?ts$/.test(target)).map((target) => target.slice(2));
    const code = [...doors, ...byName].flatMap((bundle) => [...reachable(bundle)]);
    const documents = ["CHANGELOG.md", "LICENSE", "README.md", "SECURITY.md", "package.json", "dist/THIRD-PARTY-LICENSES.txt"];
    const wanted = new Set([...documents, ...code, ...declared.flatMap((door) => [...declarations(door)])]);
    expect(files.filter((file) => !/^(docs|examples)\//.test(file)).toSorted()).toEqual([...wanted].toSorted());
    expect(files).toContain("docs/troubleshooting.md");
  });
});

/** What the front door imports of Node by name. All of it is there on Node 16; what is not must be taken another way (`platform/supportedHere.ts`). */
const oldBuiltins = (
  "async_hooks AsyncLocalStorage, buffer Buffer, fs existsSync, module builtinModules, module createRequire, module findSourceMap, path dirname, " +
  "path isAbsolute, path join, path posix, url fileURLToPath, url pathToFileURL, util inspect, util types, vm Script"
).split(", ");

/** Bundles that no import leads to: backends, what workers run, what is loaded at first need; `program.js` is made of two others. */
const byName = ["sequential.js", "multicore.js", "multisession.js", "cluster.js", "worker.cjs", "results.cjs", "chunks.js", "streams.js"]
  .concat("engine.js", "program.js", "require.cjs", "acorn.cjs", "cli-progress.cjs", "ssh2.cjs")
  .map((file) => `dist/${file}`);

/** The bundles that a bundle may load. */
function reachable(bundle: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(bundle)) return seen;
  seen.add(bundle);
  for (const { path, external } of outputs[bundle]?.imports ?? []) if (external !== true) reachable(path, seen);
  return seen;
}

/** The files of types that one leads to. */
function declarations(file: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const imports = readFileSync(join(root, file), "utf8").matchAll(/(?:\bfrom |\bimport[ (])"(\.[^"]+)\.ts"/g);
  for (const [, path = ""] of imports) declarations(join(dirname(file), `${path}.d.ts`), seen);
  return seen;
}

describe("other people's code", () => {
  interface Locked {
    readonly version: string;
    readonly integrity?: string;
    readonly resolved?: string;
    readonly hasInstallScript?: boolean;
  }
  const { packages } = readJson("package-lock.json") as { packages: Readonly<Record<string, Locked>> };
  const locked = Object.entries(packages).filter(([path]) => path !== "");

  test("is pinned: exact versions, a strong hash for each package, for every platform, and no address that it must come from", () => {
    const { devDependencies } = readJson("package.json") as { devDependencies: Record<string, string> };
    expect(Object.entries(devDependencies).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    expect(locked.length).toBeGreaterThan(100);
    expect(locked.filter(([, { integrity = "" }]) => !integrity.startsWith("sha512-")).map(([path]) => path)).toEqual([]);
    expect(locked.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
  });

  test("runs at installation in these packages only, as SECURITY.md says", () => {
    const scripts = locked
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([path]) => path.replace("node_modules/", ""));
    expect(scripts).toEqual(["@parcel/watcher", "cpu-features", "esbuild", "ssh2"]);
    expect(scripts.filter((name) => !document.includes(`\`${name}\``))).toEqual([]);
  });

  test("is in the bundles from these packages only, each with its licence, in the locked version", () => {
    const folder = /.*node_modules\/(?:@[^/]+\/)?[^/]+/;
    const folders = [...new Set(contents(Object.keys(outputs)).flatMap((path) => folder.exec(path)?.[0] ?? []))];
    const names = folders.map((path) => path.replace(/.*node_modules\//, "")).toSorted();
    expect(names.join(" ")).toBe(
      "acorn ansi-regex asn1 bcrypt-pbkdf cli-progress emoji-regex is-fullwidth-code-point safer-buffer ssh-config ssh2 string-width strip-ansi tweetnacl xxhash-wasm",
    );
    const licences = readFileSync(join(root, "dist/THIRD-PARTY-LICENSES.txt"), "utf8");
    const titles = [...licences.matchAll(/^(\S+ \d+\.\d+\.\d+) \([\w.-]+\)$/gm)].map(([, title = ""]) => title);
    expect(titles.toSorted()).toEqual(
      folders.map((path) => `${path.replace(/.*node_modules\//, "")} ${packages[path]?.version}`).toSorted(),
    );
    expect(names.filter((name) => !document.includes(`\`${name}\``))).toEqual([]);
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
