/**
 * Where the worker's program and the library lie. All bundles and their chunks lie flat in `dist/`,
 * so both are beside the file that asks; sources, as the tests run them, use the built ones. Where the library itself was
 * shipped as a text, `shippedProgram.ts` takes the place of this file.
 */

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { shippedName } from "./shippedName.ts";

const here: string = import.meta.url; // by name: webpack would take all files that lie there into a bundle
const dist: URL = new URL(here.endsWith(".ts") ? "../../dist/" : "./", here);

/** The program that every worker on this machine runs. */
export function workerProgramUrl(): URL {
  return new URL("worker.cjs", dist);
}

/** What that program needs besides to send home results that are objects. */
export function resultsPath(): string {
  return fileURLToPath(new URL("results.cjs", dist));
}

/** The words after `node` that run it in a process. */
export function workerProgramWords(): readonly string[] {
  return [fileURLToPath(workerProgramUrl())];
}

/** What that program needs besides to run chunks of maps. */
export function chunksUrl(): URL {
  return new URL("chunks.js", dist);
}

/** `futureplan/random`, which opens the streams of futures with seeds. */
export function randomUrl(): URL {
  return new URL("random.js", dist);
}

/** What `import "futureplan"` inside a worker means. */
export function libraryUrl(): URL {
  return new URL("index.js", dist);
}

/** The worker's program as it is sent to other hosts. */
export function workerProgramText(): Uint8Array {
  return (text ??= Buffer.from(readModule("program.js")));
}

/** The same for what it needs to run chunks, as a URL that needs no file. */
export function shippedChunks(): string {
  return (chunks ??= asUrl(readModule("chunks.js")));
}

/** And for random streams. */
export function shippedStreams(): string {
  return (streams ??= asUrl(readModule("streams.js")));
}

/** The whole library, packed: a module that unpacks it and waits for it. It publishes itself. */
export function shippedLibrary(): string {
  return (library ??= asUrl(
    `import{gunzipSync as u}from"node:zlib";await import("data:text/javascript;base64,"+u(Buffer.from("${gzipSync(readModule("engine.js")).toString("base64")}","base64")).toString("base64"))`,
  ));
}

let text: Uint8Array | undefined;
let chunks: string | undefined;
let streams: string | undefined;
let library: string | undefined;

function readModule(file: string): string {
  return `${readFileSync(new URL(file, dist), "utf8")}\n//# sourceURL=${shippedName(file)}\n`;
}

function asUrl(source: string): string {
  return `data:text/javascript;base64,${Buffer.from(source).toString("base64")}`;
}
