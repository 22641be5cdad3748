import { future } from "futureplan";
import { transformSync } from "esbuild"; import { writeFileSync, rmSync } from "node:fs";
const file = new URL("./m10-out.mjs", import.meta.url);
writeFileSync(file, transformSync("export class Counter { #n = 0; inc() { return ++this.#n; } }", { target: "es2021", format: "esm" }).code);
const { Counter } = await import(file.href);
const counter = new Counter();
counter.inc();
console.log(await future(() => [new Counter().inc(), counter.inc()]).then((v) => v, (e) => e.message), "want [1, 2]");
rmSync(file);
// Prints:
// [ 1, 2 ] want [1, 2]
