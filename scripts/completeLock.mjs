/**
 * Completes package-lock.json after `npm install`: where the registry at hand does not serve a tool's builds for other platforms,
 * npm leaves them out of the lock, and then refuses the lock in `npm ci`. Their entries say for which platform they are, and so are never fetched elsewhere.
 */

import { readFile, writeFile } from "node:fs/promises";

const file = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(await readFile(file, "utf8"));
const systems = ["android", "darwin", "freebsd", "linux", "openharmony", "win32", "aix"];
const processors = ["arm64", "arm", "x64", "ia32", "ppc64", "riscv64", "s390x", "loong64", "wasm32"];

/** What a platform package's name tells: `@oxlint/binding-linux-x64-musl`. */
function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  if (cpu === undefined && os === undefined) throw new Error(`${name} does not tell its platform`);
  return { ...(cpu !== undefined && { cpu: [cpu] }), ...(os !== undefined && { os: [os] }) };
}

const missing = Object.entries(lock.packages).flatMap(([path, { dev, optionalDependencies = {} }]) =>
  Object.entries(optionalDependencies)
    .filter(([name]) => lock.packages[`node_modules/${name}`] === undefined && lock.packages[`${path}/node_modules/${name}`] === undefined)
    .map(([name, version]) => [`node_modules/${name}`, { version, ...platformOf(name), ...(dev && { dev }), optional: true }]),
);
const [[root, own], ...others] = Object.entries(lock.packages);
const sorted = [...others, ...missing].sort(([a], [b]) => a.localeCompare(b, "en"));
lock.packages = Object.fromEntries([[root, own], ...sorted]);
await writeFile(file, `${JSON.stringify(lock, undefined, 2)}\n`);
console.log(`added ${missing.length} entries to package-lock.json`);
