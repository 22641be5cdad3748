/**
 * Builds dist/: the doors as ES modules that share chunks, all flat; the worker's program as one small CommonJS file, with its part
 * for maps as another; parser and progress bar as CommonJS, because they are loaded synchronously at first need; the types; the licences of what is bundled.
 */

import { execFile } from "node:child_process";
import { copyFile, mkdir, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Script } from "node:vm";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../", import.meta.url));
const dist = join(root, "dist");
/** The doors are what package.json exports: `./dist/NAME.js` is made of `src/NAME.ts`. */
const manifest = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
const doors = Object.values(manifest.exports).flatMap((target) => (typeof target === "string" ? [] : basename(target.default, ".js")));
/** Loaded by name, synchronously, at the first future; see `requireBundle`. */
const backends = ["sequential", "multicore", "multisession", "cluster"];
const workerLimit = 64 * 1024;

/** Packages that are loaded synchronously at first need lie beside the chunks; sources, as the tests run them, use the package. */
const loaders = { "acorn.ts": "acorn", "cliProgress.ts": "cli-progress", "ssh2.ts": "ssh2" };
const bundledPackages = {
  name: "bundled-packages",
  setup(builder) {
    builder.onLoad({ filter: /[\\/]src[\\/]platform[\\/](acorn|cliProgress|ssh2)\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const name = loaders[basename(path)];
      const call = `createRequire(import.meta.url)("${name}")`;
      if (!source.includes(call)) throw new Error(`${path} no longer loads the package by ${call}`);
      // webpack takes what a literal call names into a bundle, with the native parts that ssh2 does without.
      return { contents: source.replace(call, `createRequire(String(import.meta.url))("./${name}.cjs")`), loader: "ts" };
    });
  },
};

/**
 * Forty small files load in 15 ms, one in 3. Chunks hold what the same set of entries uses; where every entry, those of dynamic
 * imports too, begins with the front door, all that the front door uses is one chunk. Random numbers stand alone.
 */
const frontDoorFirst = {
  name: "front-door-first",
  setup(builder) {
    const front = join(root, "src", "index.ts");
    const light = join(root, "src", "random.ts");
    const entries = new Set();
    builder.onResolve({ filter: /^front-door$/ }, () => ({ path: front, sideEffects: true }));
    builder.onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
      if (kind !== "dynamic-import" && kind !== "entry-point") return undefined;
      const entry = resolve(resolveDir, path);
      entries.add(entry);
      return { path: entry, sideEffects: true };
    });
    builder.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (path === front || path === light || !entries.has(path)) return undefined;
      return { contents: `import "front-door";\n${await readFile(path, "utf8")}`, loader: "ts" };
    });
  },
};

/** The library in one text, for workers that see none of its files: what it would load lies in it, and it names itself. */
const shipped = {
  name: "shipped",
  setup(builder) {
    builder.onResolve({ filter: /[\\/]workerProgram\.ts$/ }, ({ resolveDir }) => ({
      path: resolve(resolveDir.replace(/src[\\/].*$/, ""), "src/platform/shippedProgram.ts"),
    }));
    builder.onLoad({ filter: /[\\/]src[\\/]platform[\\/](acorn|cliProgress)\.ts$/ }, async ({ path }) => {
      const name = loaders[basename(path)];
      const source = await readFile(path, "utf8");
      return {
        contents: `import * as bundled from "${name}";\n${source.replace(`createRequire(import.meta.url)("${name}")`, "bundled")}`,
        loader: "ts",
      };
    });
  },
};
const shippedUrl = "file:///futureplan/dist/engine.js";

/** After the files that it holds. */
async function shippedLibrary() {
  const text = (file) => readFile(join(dist, file), "utf8").then((source) => JSON.stringify(source));
  return build({
    ...common,
    entryPoints: [{ in: "src/index.ts", out: "engine" }],
    minify: true,
    banner: {
      js: `import{createRequire as __createRequire}from"node:module";const require=__createRequire("${shippedUrl}"),SHIPPED_LIBRARY=import.meta.url;`,
    },
    define: {
      "import.meta.url": JSON.stringify(shippedUrl),
      SHIPPED_WORKER: await text("program.js"),
      SHIPPED_CHUNKS: await text("chunks.js"),
      SHIPPED_STREAMS: await text("streams.js"),
    },
    plugins: [shipped],
  });
}

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "esm",
  outdir: dist,
  legalComments: "none",
  charset: "ascii", // other characters make V8 keep the text in two bytes each, and read it slower
  metafile: true,
  logLevel: "warning",
  plugins: [bundledPackages],
};

const bundles = () =>
  Promise.all([
    build({
      ...common,
      entryPoints: [
        ...doors.map((door) => ({ in: `src/${door}.ts`, out: door })),
        ...backends.map((name) => ({ in: `src/backends/${name}.ts`, out: name })),
      ],
      splitting: true,
      entryNames: "[name]",
      chunkNames: "[name]-[hash]",
      plugins: [bundledPackages, frontDoorFirst],
    }),
    build({ ...common, entryPoints: [{ in: "src/worker/host/main.ts", out: "worker" }], outExtension: { ".js": ".cjs" }, minify: true }),
    build({ ...common, entryPoints: [{ in: "src/worker/maps/runChunk.ts", out: "chunks" }], minify: true }),
    build({ ...common, entryPoints: [{ in: "src/random.ts", out: "streams" }], minify: true }),
    build({
      ...common,
      entryPoints: [{ in: "src/worker/results.ts", out: "results" }],
      format: "cjs",
      outExtension: { ".js": ".cjs" },
      minify: true,
    }),
    build({
      ...common,
      entryPoints: Object.values(loaders),
      entryNames: "[name]",
      format: "cjs",
      outExtension: { ".js": ".cjs" },
      minify: true,
      // Native parts of ssh2, which it does without when they cannot be loaded.
      external: ["cpu-features", "*.node"],
    }),
  ]);

/** The bundler calls a class that mentions itself `_X`; users see names. */
async function restoreClassNames({ outputs }) {
  for (const file of Object.keys(outputs)) {
    const text = await readFile(join(root, file), "utf8");
    const names = [...text.matchAll(/^var (\w+) = class _\1\b/gm)].map(([, name]) => name);
    if (names.length === 0) continue;
    await writeFile(join(root, file), text.replaceAll(new RegExp(`\\b_(${names.join("|")})\\b`, "g"), "$1"));
  }
}

/**
 * A thread whose program is CommonJS starts 4 ms sooner. Built-ins are taken out of `require` once: shorter than what the bundler
 * would write, and what user code does to the modules later is not seen.
 */
async function makeCommonJs(file) {
  const taken = new Map();
  const text = (await readFile(file, "utf8")).replaceAll(/import\{([^}]*)\}from"(node:[^"]+)";/g, (_, names, module) => {
    taken.set(module, [...(taken.get(module) ?? []), names.replaceAll(" as ", ":")]);
    return "";
  });
  const requires = [...taken].map(([module, names]) => `{${names.join()}}=require("${module}")`);
  const script = `"use strict";var${requires.join()};${text}`;
  new Script(script, { filename: file }); // throws if anything of an ES module is left
  await writeFile(file, script);
}

/** The worker's program with its part for results as one script that needs no files, only `require`: what workers on other hosts are sent. */
async function shipProgram() {
  const [worker, part] = await Promise.all(["worker.cjs", "results.cjs"].map((file) => readFile(join(dist, file), "utf8")));
  const results = `globalThis[Symbol.for("futureplan/results")]=()=>{const module={exports:{}};((module,exports)=>{${part}\n})(module,module.exports);return module.exports};`;
  await writeFile(join(dist, "program.js"), `${results}${worker}`);
}

/** Type declarations, by the compiler itself; those that no door leads to go. */
async function types() {
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const folder = join(dist, "types");
  await rm(folder, { recursive: true, force: true });
  await promisify(execFile)(process.execPath, [compiler, "-p", join(root, "tsconfig.build.json")], { cwd: root }).catch((error) => {
    throw new Error(`tsc: ${error.stdout}${error.stderr}`);
  });
  const wanted = new Set();
  for (const door of doors) await addDeclarations(join(folder, `${door}.d.ts`), wanted);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && !wanted.has(file)) await rm(file);
  }
  await writeFile(join(folder, "index.d.cts"), 'export * from "./index.ts";\n'); // for whoever requires the front door
}

/** A file of declarations and those that it imports. */
async function addDeclarations(file, found) {
  if (found.has(file)) return;
  found.add(file);
  const imports = (await readFile(file, "utf8")).matchAll(/(?:\bfrom |\bimport[ (])"(\.[^"]+)\.ts"/g);
  for (const [, path] of imports) await addDeclarations(resolve(dirname(file), `${path}.d.ts`), found);
}

/** The worker is piped to other hosts and starts by the dozen: it stays small, and free of packages. */
async function checkWorker({ metafile }) {
  const { size } = await stat(join(dist, "worker.cjs"));
  if (size >= workerLimit) throw new Error(`dist/worker.cjs has ${size} bytes; at most ${workerLimit - 1} are allowed`);
  const foreign = packageFolders([metafile]);
  if (foreign.length > 0) throw new Error(`dist/worker.cjs contains ${foreign.join(", ")}`);
  return size;
}

/** The folders of packages of which something ended up in an output; there may be several versions of one. */
function packageFolders(metafiles) {
  const folders = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0])
    .filter((folder) => folder !== undefined);
  return [...new Set(folders)].sort((a, b) => (a < b ? -1 : 1));
}

async function licences(metafiles) {
  const texts = packageFolders(metafiles).map(async (path) => {
    const folder = join(root, path);
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${path} is bundled but has no licence file`);
    const { name, version, license, licenses = [] } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    return `${name} ${version} (${license ?? licenses.map(({ type }) => type).join(", ")})\n\n${(await readFile(join(folder, file), "utf8")).trim()}\n`;
  });
  const header = "futureplan's bundled files contain code of these packages:\n\n";
  await writeFile(join(dist, "THIRD-PARTY-LICENSES.txt"), header + (await Promise.all(texts)).join(`\n${"-".repeat(80)}\n\n`));
}

/** Chunks are named by content: those of an earlier build go. */
async function prune(metafiles) {
  const kept = new Set([
    "program.js",
    "require.cjs",
    ...metafiles.flatMap(({ outputs }) => Object.keys(outputs)).map((path) => basename(path)),
  ]);
  for (const entry of await readdir(dist, { withFileTypes: true })) {
    if (entry.isFile() && /\.c?js$/.test(entry.name) && !kept.has(entry.name)) await rm(join(dist, entry.name));
  }
}

const started = performance.now();
await mkdir(dist, { recursive: true });
const [results] = await Promise.all([bundles(), types()]);
await makeCommonJs(join(dist, "worker.cjs"));
await shipProgram();
await copyFile(join(root, "src", "require.cjs"), join(dist, "require.cjs"));
results.push(await shippedLibrary());
const metafiles = results.map(({ metafile }) => metafile);
const size = await checkWorker(results[1]);
await restoreClassNames(metafiles[0]);
await licences(metafiles);
await prune(metafiles);
await writeFile(join(dist, "meta.json"), JSON.stringify(metafiles));
console.log(`built dist/ in ${Math.round(performance.now() - started)} ms; worker.cjs has ${size} bytes`);
