/** What cases and programs take from Node, so that they themselves import nothing of it. */

export { default as assert } from "node:assert/strict";
export { getEventListeners } from "node:events";
export { readFileSync } from "node:fs";
export { pathToFileURL } from "node:url";
export { format, inspect } from "node:util";
