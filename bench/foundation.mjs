/**
 * The budgets of futures on one machine: `npm run bench:foundation`. Every figure is a median, every ratio is taken
 * in one run with the raw counterpart in turn. Prints a markdown table.
 */

import { execFileSync, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { deserialize, serialize } from "node:v8";
import { Worker } from "node:worker_threads";
import { future, plan, shutdown, value } from "futureplan";
import { inTurn, timed } from "./median.mjs";

const file = (name) => fileURLToPath(new URL(`./raw/${name}`, import.meta.url));
const rows = [];
const report = (what, ours, raw, unit, budget) => {
  rows.push(
    `| ${what} | ${ours.toFixed(2)} ${unit} | ${raw === undefined ? "–" : `${raw.toFixed(2)} ${unit}`} | ${raw === undefined ? "–" : (ours / raw).toFixed(2)} | ${budget} |`,
  );
  console.error(rows.at(-1));
};

const processTime = (script) => () => timed(() => execFileSync(process.execPath, [script]));

async function startUp() {
  const whole = await inTurn(9, { empty: processTime(file("empty.mjs")), loaded: processTime(file("importOnly.mjs")) });
  report('`import "futureplan"` beyond an empty script', whole.loaded - whole.empty, undefined, "ms", "≤ 15 ms");
  const cold = await inTurn(9, { raw: processTime(file("coldThreads.mjs")), ours: processTime(file("coldFutureplan.mjs")) });
  report("process start to two `multicore` values and exit", cold.ours, cold.raw, "ms", "≤ 1.3");
}

async function captures() {
  const five = 5;
  const stable = (x) => x * five;
  const inline = (seed) =>
    future(
      () => {
        const a = five + seed;
        const b = a * 2;
        const c = b - a;
        return c + 1;
      },
      { lazy: true },
    );
  const per = (count, body) => async () =>
    (await timed(() => {
      for (let i = 0; i < count; i += 1) body(i);
    })) *
    (1000 / count);
  const figures = await inTurn(9, {
    inline: per(1000, inline),
    stable: per(20_000, (i) => future(stable, [i], { lazy: true })),
  });
  report("`future()` of an inline 5-line arrow (capture included)", figures.inline, undefined, "µs", "≤ 150 µs");
  report("`future(fn, [x])`, stable `fn` (capture and the future itself)", figures.stable, undefined, "µs", "capture ≤ 1 µs");
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 100_000; i += 1) {
    inline(i);
    if (i % 1000 === 0) await new Promise(setImmediate);
  }
  globalThis.gc?.();
  report("heap after 100,000 captures, over that before", (process.memoryUsage().heapUsed - before) / 1e6, undefined, "MB", "flat");
}

/** Each future captures its closure anew, with two variables of its own. */
async function manyClosures() {
  const count = 5000;
  plan("multicore", { workers: 2 });
  await value([0, 1].map((index) => future(() => index)));
  const figures = await inTurn(9, {
    each: async () => {
      const offset = Math.random();
      const time = await timed(async () => {
        const futures = [];
        for (let i = 0; i < count; i += 1) futures.push(future(() => i + offset));
        await value(futures);
      });
      return count / time;
    },
  });
  report("5,000 inline closures, captured, run by 2 threads and awaited", figures.each, undefined, "per ms", "≥ 8 per ms");
}

function rawThread() {
  const worker = new Worker(file("echo.mjs"));
  return {
    ask: (message) =>
      new Promise((resolve) => {
        worker.once("message", resolve);
        worker.postMessage(message);
      }),
    close: () => worker.terminate(),
  };
}

function rawProcess() {
  const child = spawn(process.execPath, [file("echoProcess.mjs")], { stdio: ["ignore", "inherit", "inherit", "pipe"] });
  const channel = child.stdio[3];
  let wake = () => undefined;
  let rest = Buffer.alloc(0);
  channel.on("data", (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (rest.length < 4 || rest.length < 4 + rest.readUInt32LE(0)) return;
    const message = deserialize(rest.subarray(4));
    rest = Buffer.alloc(0);
    wake(message);
  });
  return {
    ask: (message) =>
      new Promise((resolve) => {
        wake = resolve;
        const body = serialize(message);
        const head = Buffer.alloc(4);
        head.writeUInt32LE(body.length);
        channel.write(Buffer.concat([head, body]));
      }),
    close: () => channel.end(),
  };
}

async function roundTrips(name, raw, what) {
  const add = (x) => x + 1;
  plan(name, { workers: 1 });
  for (let i = 0; i < 200; i += 1) await value(future(add, [i]));
  const many = (ask) => async () =>
    (await timed(async () => {
      for (let i = 0; i < 500; i += 1) await ask(i);
    })) * 2;
  const figures = await inTurn(15, { ours: many((i) => value(future(add, [i]))), raw: many((i) => raw.ask({ task: i })) });
  report(`round trip, \`${name}\` / ${what}`, figures.ours, figures.raw, "µs", "≤ 1.5");
  await raw.close();
}

async function codeSpeed() {
  const loop = () => {
    let sum = 0;
    for (let i = 0; i < 3e7; i += 1) sum = (sum + i * i) % 1_000_003;
    return sum;
  };
  const awaits = async () => {
    let sum = 0;
    for (let i = 0; i < 300_000; i += 1) sum += await i;
    return sum;
  };
  const clocked = async (body) => {
    const start = performance.now();
    await body();
    return performance.now() - start;
  };
  plan("multicore", { workers: 1 });
  for (const [what, body] of [
    ["a hot numeric loop", loop],
    ["a loop of awaits", awaits],
  ]) {
    const figures = await inTurn(9, { home: () => clocked(body), worker: () => value(future(clocked, [body])) });
    report(`${what} in a worker / at home`, figures.worker, figures.home, "ms", "≤ 1.05");
  }
}

await startUp();
await captures();
await manyClosures();
await roundTrips("multicore", rawThread(), "raw MessagePort");
await roundTrips("multisession", rawProcess(), "raw framed pipe");
await codeSpeed();
await shutdown();
console.log(["| what | futureplan | raw | ratio | budget |", "| --- | --- | --- | --- | --- |", ...rows].join("\n"));
