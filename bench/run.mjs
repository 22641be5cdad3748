/**
 * `npm run bench -- [--quick] [--only W1,W2] [--peer futureplan,piscina]`: futureplan, other pools and raw Node side by side, in one run.
 * Prints the tables as markdown; a run over everything also writes them into bench/README.md.
 */

import { parseArgs } from "node:util";
import { measure } from "./harness/measure.mjs";
import { watchMachine } from "./harness/machine.mjs";
import { peers } from "./peers/peers.mjs";
import { describe } from "./report/describe.mjs";
import { Figures } from "./report/Figures.mjs";
import { writeSection } from "./report/writeSection.mjs";
import { workloads } from "./workloads/catalog.mjs";

const { values: options } = parseArgs({
  options: { quick: { type: "boolean", default: false }, only: { type: "string" }, peer: { type: "string" } },
});

/** Those of `all` that a list on the command line names; a name nobody has is an error. */
function chosen(all, list, namesOf) {
  if (list === undefined) return all;
  const wanted = list.split(",");
  const unknown = wanted.filter((name) => !all.some((one) => namesOf(one).includes(name)));
  if (unknown.length > 0)
    throw new Error(`nothing is called ${unknown.join(", ")}; there are ${[...new Set(all.flatMap(namesOf))].join(", ")}`);
  return all.filter((one) => namesOf(one).some((name) => wanted.includes(name)));
}

const measured = chosen(workloads, options.only, ({ id }) => [id]);
const taking = chosen(peers, options.peer, ({ name, package: from }) => (from === undefined ? [name] : [name, from]));
const present = options.quick && options.peer === undefined ? taking.filter(({ thorough }) => !thorough) : taking;

const machine = watchMachine();
const began = performance.now();
const samples = [];
for (const workload of measured) {
  const start = performance.now();
  samples.push(...(await measure(workload, present, options)));
  console.error(`${workload.id} ${workload.what}: ${((performance.now() - start) / 1000).toFixed(0)} s`);
}
const seconds = (performance.now() - began) / 1000;
const text = describe(new Figures(samples), { peers: present, workloads: measured, machine: machine(), seconds, quick: options.quick });
console.log(text);
if (options.only === undefined && options.peer === undefined) await writeSection(text);
