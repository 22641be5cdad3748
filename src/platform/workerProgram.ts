/**
 * Where the worker's program and the library lie. All bundles and their chunks lie flat in `dist/`,
 * so both are beside the file that asks; sources, as the tests run them, use the built ones.
 */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const dist: URL = new URL(import.meta.url.endsWith(".ts") ? "../../dist/" : "./", import.meta.url);

/** The program that every worker on this machine runs. */
export function workerProgramUrl(): URL {
  return new URL("worker.js", dist);
}

let text: Buffer | undefined;

/** The same as it is sent to other hosts: stacks name it as if it had been read here. */
export function workerProgramText(): Buffer {
  return (text ??= readModule(workerProgramUrl()));
}

/** Modules as URLs that need no file: for workers on other hosts. */
const modules = new Map<string, string>();

export function moduleText(url: URL): string {
  const known = modules.get(url.href) ?? `data:text/javascript;base64,${readModule(url).toString("base64")}`;
  modules.set(url.href, known);
  return known;
}

function readModule(url: URL): Buffer {
  return Buffer.from(`${readFileSync(fileURLToPath(url), "utf8")}\n//# sourceURL=${url.href}\n`);
}

/** What that program needs besides to run chunks of maps. */
export function chunksUrl(): URL {
  return new URL("chunks.js", dist);
}

/** `futureplan/random`, which opens the streams of futures with seeds. */
export function randomUrl(): URL {
  return new URL("random.js", dist);
}

/** The same in one file, for workers that see none of ours. */
export function streamsUrl(): URL {
  return new URL("streams.js", dist);
}

/** What `import "futureplan"` inside a worker means. */
export function libraryUrl(): URL {
  return new URL("index.js", dist);
}
