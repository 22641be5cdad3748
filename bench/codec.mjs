/**
 * What flat memory and columns bring, end to end: encode, clone (or frames), decode. The codec as it is and the same with those two
 * ways closed run in turn: `npm run bench:codec`. Figures are medians; prints a markdown table.
 */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { inTurn } from "./median.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));
const entry = `
  export { Linker } from "./src/codec/Linker.ts";
  export { resultEncoder } from "./src/codec/encode/resultEncoder.ts";
  export { asCopy, asMemory, carryBlocks } from "./src/backends/pool/carryBlocks.ts";
  export { snapshotValue } from "./src/globals/snapshot.ts";
  export { packMessage, unpackMessage } from "./src/transport/packMessage.ts";
`;
/** The constants that open the two ways. */
const gates = { "encodeList.ts": /(?<=const manyNumbers = )\d+/, "encodeRows.ts": /(?<=const fewest = )\d+/ };

const closed = {
  name: "closed",
  setup(builder) {
    builder.onLoad({ filter: /encode(List|Rows)\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const gate = gates[basename(path)];
      if (!gate.test(source)) throw new Error(`${path} has no such constant any more`);
      return { contents: source.replace(gate, "Infinity"), loader: "ts" };
    });
  },
};

async function load(folder, name, plugins) {
  const outfile = join(folder, `${name}.mjs`);
  const stdin = { contents: entry, resolveDir: root, loader: "ts" };
  await build({ stdin, outfile, plugins, bundle: true, platform: "node", format: "esm", target: "node20.19", logLevel: "error" });
  return import(pathToFileURL(outfile).href);
}

const list = (length, at) => {
  const made = [];
  for (let index = 0; index < length; index += 1) made.push(at(index));
  return made;
};
const data = {
  integers: (n) => list(n, (i) => i),
  doubles: (n) => list(n, (i) => i + 0.5),
  strings: (n) => list(n, (i) => `name ${i}`),
  "rows { x, y }": (n) => list(n, (i) => ({ x: i / 2, y: -i / 3 })),
  "rows { id, x, y, name, flag }": (n) => list(n, (i) => ({ id: i, x: i / 2, y: -i / 3, name: `name ${i % 1000}`, flag: i % 2 === 0 })),
  "rows of 30 keys": (n) =>
    list(n, (i) => Object.fromEntries(list(30, (k) => [`column ${k}`, k % 3 === 0 ? `text ${i % 50}` : i * k * 0.5]))),
  "rows { id, at: { x, y }, tags: [2] }": (n) => list(n, (i) => ({ id: i, at: { x: i / 2, y: i / 3 }, tags: [`a${i % 9}`, "b"] })),
  "rows, the last but one of another shape": (n) => list(n, (i) => (i === n - 2 ? { id: i, y: 1 } : { id: i, x: i / 2 })),
  "rows × 8 doubles": (n) => list(n, (i) => list(8, (k) => i + k + 0.5)),
  "rows × 300 doubles": (n) => list(n, (i) => list(300, (k) => i + k + 0.5)),
};
const rare = { type: "outcome", task: 1, status: "value", definitions: [], output: [], started: 0, finished: 0, left: [], spent: false };

/** Nanoseconds per element for one way there: over a thread's channel, or in frames. */
function ways({ Linker, resultEncoder, snapshotValue, carryBlocks, asCopy, asMemory, packMessage, unpackMessage }, value) {
  const linker = new Linker({ results: () => resultEncoder, importLibrary: () => Promise.reject(new Error("not needed")) });
  const arrive = ({ control, buffers }) => unpackMessage({ control, buffers: buffers.map(({ buffer }) => buffer) });
  const sent = (carrier) => {
    const payload = snapshotValue(value, "value");
    return carryBlocks(payload.body, payload, carrier);
  };
  return {
    thread: () => linker.decode(structuredClone(sent(asMemory))),
    process: () => linker.decode(arrive(packMessage({ ...rare, body: sent(asCopy) })).body),
  };
}

const folder = await mkdtemp(join(tmpdir(), "futureplan-bench-"));
try {
  const now = await load(folder, "now", []);
  const before = await load(folder, "before", [closed]);
  console.log("| ns per element | n | thread: native | now | ratio | process: native | now | ratio | structuredClone alone |");
  console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
  for (const [name, make] of Object.entries(data)) {
    for (const n of name.includes("×") ? [100, 3000] : [20, 300, 10_000, 100_000]) {
      const value = make(n);
      const runs = Math.max(1, Math.round(20_000 / n));
      const per = (body) => () => {
        const start = performance.now();
        for (let run = 0; run < runs; run += 1) body();
        return ((performance.now() - start) * 1e6) / n / runs;
      };
      const [native, flat] = [ways(before, value), ways(now, value)];
      const figures = await inTurn(n > 10_000 ? 7 : 15, {
        nativeThread: per(native.thread),
        flatThread: per(flat.thread),
        nativeProcess: per(native.process),
        flatProcess: per(flat.process),
        raw: per(() => structuredClone(value)),
      });
      const cells = [figures.nativeThread, figures.flatThread, figures.nativeProcess, figures.flatProcess].map(Math.round);
      const ratio = (ours, other) => (ours / other).toFixed(2);
      console.log(
        `| ${name} | ${n} | ${cells[0]} | ${cells[1]} | ${ratio(figures.flatThread, figures.nativeThread)} | ${cells[2]} | ${cells[3]} | ${ratio(figures.flatProcess, figures.nativeProcess)} | ${Math.round(figures.raw)} |`,
      );
    }
  }
} finally {
  await rm(folder, { recursive: true });
}
