/**
 * A process that speaks on descriptor 3 as a worker does until its first future has begun; then it says something else. It is a program of a few
 * lines, which knows nothing of the library but its bytes.
 */

import type { Launch } from "../../../../src/launchers/localProcess.ts";
import { protocolVersion } from "../../../../src/protocol/version.ts";

/** What it says of `task`, as source: bytes from `frame(control)` and `pack(message)`. */
export type Lie = string;

const program = (lie: Lie): string => `
const { Socket } = require("node:net"), { DefaultSerializer } = require("node:v8");
const link = new Socket({ fd: 3 });
const frame = (control) => { const head = Buffer.from("FPL1____\\0\\0\\0\\0"); head.writeUInt32LE(control.length, 4); return Buffer.concat([head, control]); };
const pack = (message) => { const s = new DefaultSerializer(); s.writeHeader(); s.writeValue(message); return frame(s.releaseBuffer()); };
const usual = { definitions: [], output: [], started: 5, finished: 6, left: [], spent: false };
const lie = (task) => ${lie};
let lied = false;
link.write("\\0futureplan:1\\n");
link.write(pack({ type: "ready", protocol: ${protocolVersion}, node: process.version, pid: process.pid, thread: 0, host: "here" }));
link.on("end", () => process.exit(0));
/** Numbers of tasks, in the short form and in V8's: a key "task" and a small integer. */
const numbersIn = (data) => {
  const text = data.toString("latin1"), found = [...text.matchAll(/\\["(?:call|task)",(\\d+)/g)].map(([, number]) => Number(number));
  for (let at = text.indexOf('"\\x04taskI'); at >= 0; at = text.indexOf('"\\x04taskI', at + 7)) {
    let number = 0;
    for (let byte = at + 7, shift = 0; shift < 35; byte++, shift += 7) { number += (data[byte] & 127) * 2 ** shift; if (data[byte] < 128) break; }
    found.push(number / 2);
  }
  return found;
};
link.on("data", (data) => {
  for (const task of numbersIn(data)) {
    link.write(pack({ type: "started", task, at: 5 }));
    link.write(lied ? pack({ type: "outcome", task, status: "value", body: { root: 42 }, ...usual }) : lie(task));
    lied = true;
  }
});`;

/** How it is started. */
export function liar(lie: Lie): Launch {
  return { command: process.execPath, args: ["-e", program(lie)], env: process.env };
}
