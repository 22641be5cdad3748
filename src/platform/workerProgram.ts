/**
 * Where the worker's program and the library lie. All bundles and their chunks lie flat in `dist/`,
 * so both are beside the file that asks; sources, as the tests run them, use the built ones.
 */

import { fileURLToPath } from "node:url";

const dist: URL = new URL(import.meta.url.endsWith(".ts") ? "../../dist/" : "./", import.meta.url);

/** The program that every worker on this machine runs. */
export function workerProgramUrl(): URL {
  return new URL("worker.cjs", dist);
}

/** What that program needs besides to send home results that are objects. */
export function resultsPath(): string {
  return fileURLToPath(new URL("results.cjs", dist));
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
