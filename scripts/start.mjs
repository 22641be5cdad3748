/** `npm start`: builds the package, then runs the main job of examples/flights/. */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

await import("./build.mjs");
const main = fileURLToPath(new URL("../examples/flights/main.ts", import.meta.url));
const { status } = spawnSync(process.execPath, ["--import", "tsx", main], { stdio: "inherit" });
process.exitCode = status ?? 1;
