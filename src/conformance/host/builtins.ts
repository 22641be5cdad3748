/** What cases and programs take from Node, so that they themselves import nothing of it. */

export { default as assert } from "node:assert/strict";
export { getEventListeners, once } from "node:events";
export { readFileSync } from "node:fs";
export { createServer } from "node:net";
export { pathToFileURL } from "node:url";
export { format, inspect } from "node:util";
