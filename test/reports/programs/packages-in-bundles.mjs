// A program bundled by esbuild: packages that stay outside travel by reference, those inside the bundle by value, as the program's own code.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildSync } from "esbuild";
const program = `
  import BN from "bn.js";
  import { scaleLinear } from "d3-scale";
  import { DateTime } from "luxon";
  import { future } from "futureplan";
  const big = new BN(5), scale = scaleLinear([0, 10], [0, 100]), when = DateTime.fromMillis(0, { zone: "utc" });
  const curry = (f) => function c(...a) { return a.length >= f.length ? f(...a) : (...b) => c(...a, ...b) };
  const add1 = curry((a, b) => a + b)(1);
  export const run = () => future(() => [big.add(big).toString(), scale(5), when.plus({ day: 1 }).toISODate(), add1(2)]);
`;
const folder = mkdtempSync(join(fileURLToPath(new URL("..", import.meta.url)), "bundle-"));
try {
  writeFileSync(join(folder, "program.mjs"), program);
  for (const [name, options] of Object.entries({
    outside: { packages: "external" },
    inside: { external: ["futureplan"] },
    minified: { external: ["futureplan"], minify: true },
  })) {
    const outfile = join(folder, `${name}.out.mjs`);
    buildSync({ entryPoints: [join(folder, "program.mjs")], bundle: true, platform: "node", format: "esm", outfile, ...options });
    console.log(name, await (await import(pathToFileURL(outfile).href)).run());
  }
} finally {
  rmSync(folder, { recursive: true });
}
// Prints:
// outside [ '10', 50, '1970-01-02', 3 ]
// inside [ '10', 50, '1970-01-02', 3 ]
// minified [ '10', 50, '1970-01-02', 3 ]
