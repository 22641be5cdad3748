/**
 * Captures that scopes do not answer by themselves: `npm run bench:captures`. An arrow's `this`, closures with state, instances with arrow
 * fields. Medians of CPU time of this process, so that other programs disturb less; beside it what turning the debugger on and off takes. Prints markdown tables.
 */

import { Session } from "node:inspector";
import { setImmediate } from "node:timers/promises";
import { future } from "futureplan";
import { inTurn, median } from "./median.mjs";

const options = { lazy: true, maxGlobalsSize: 1e9 };
const cpu = (body) => {
  const before = process.cpuUsage();
  body();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};
const round = (ms) => (ms < 10 ? ms.toFixed(2) : ms.toFixed(0));
const each = async (count, body) => {
  const times = [];
  for (let at = 0; at < count; at += 1) {
    times.push(cpu(body));
    await setImmediate();
  }
  return median(times);
};

class Job {
  k = 1;
  read() {
    return future(() => this.k, options);
  }
  readSelf() {
    const self = this;
    return future(() => self.k, options);
  }
  many(count) {
    const readers = Array.from({ length: count }, (_, at) => () => this.k + at);
    return future(() => readers.length, options);
  }
}
class Field {
  n = 0;
  inc = () => ++this.n;
}
const counter = () => {
  let n = 0;
  return { inc: () => ++n, get: () => n };
};

const session = new Session();
session.connect();
const toggle = () => {
  session.post("Debugger.enable", { maxScriptsCacheSize: 0 });
  session.post("Debugger.disable");
};

async function selves() {
  console.log(
    "| futures made before | `future(() => this.k)` | with `const self = this` | the debugger on and off | beyond both |\n| --- | --- | --- | --- | --- |",
  );
  let made = 0;
  const thousands = process.argv.includes("--quick") ? [0, 1, 3] : [0, 1, 3, 10, 30, 100];
  for (const thousand of thousands) {
    // Most futures of a program capture no `this`; one in a hundred does here.
    for (; made < thousand * 1000; made += 1) {
      if (made % 100 === 0) new Job().read();
      else future(() => made, options);
      if (made % 10 === 0) await setImmediate();
    }
    const { ours, plain, raw } = await inTurn(31, {
      ours: () => setImmediate().then(() => cpu(() => new Job().read())),
      plain: () => cpu(() => new Job().readSelf()),
      raw: () => cpu(toggle),
    });
    console.log(`| ${made} | ${round(ours)} ms | ${round(plain)} ms | ${round(raw)} ms | ${Math.round((ours - plain - raw) * 1000)} µs |`);
    made += 64;
  }
  const one = await each(15, () => new Job().many(1));
  const hundred = await each(15, () => new Job().many(101));
  console.log(`\nEach further arrow of a capture: ${round((hundred - one) * 10)} µs.\n`);
}

async function states() {
  console.log("| closures with state | ms | arrow fields | ms |\n| --- | --- | --- | --- |");
  for (const count of [100, 1000, 10_000]) {
    const counters = await each(3, () => {
      const all = Array.from({ length: count }, counter);
      future(() => all[0].inc(), options);
    });
    const fields = await each(3, () => {
      const all = Array.from({ length: count }, () => new Field());
      future(() => all[0].inc(), options);
    });
    console.log(`| ${count} × { inc, get } | ${round(counters)} | ${count} instances | ${round(fields)} |`);
  }
}

await selves();
await states();
