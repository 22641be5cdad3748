/**
 * A process that speaks on descriptor 3 as a worker does until its first future has begun; then it says something else. It is a program of a few
 * lines, which knows nothing of the library but its bytes.
 */

import type { Launch } from "../../../../src/launchers/localProcess.ts";
import { startMarker } from "../../../../src/protocol/frame.ts";
import { protocolVersion } from "../../../../src/protocol/version.ts";

/** What it says of `task`, as source: bytes from `frame(control)` and `pack(message)`. */
export type Lie = string;

const program = (lie: Lie): string => `
const { Socket } = require("node:net"), { DefaultSerializer, deserialize } = require("node:v8");
const link = new Socket({ fd: 3 });
const frame = (control) => { const head = Buffer.from("FPL1____\\0\\0\\0\\0"); head.writeUInt32LE(control.length, 4); return Buffer.concat([head, control]); };
const pack = (message) => { const s = new DefaultSerializer(); s.writeHeader(); s.writeValue(message); return frame(s.releaseBuffer()); };
const usual = { definitions: [], output: [], started: 5, finished: 6, left: [], spent: false };
const lie = (task) => ${lie};
let lied = false;
link.write("\\0futureplan:1\\n");
link.write(pack({ type: "ready", protocol: ${protocolVersion}, node: process.version, pid: process.pid, thread: 0, host: "here" }));
link.on("end", () => process.exit(0));
let bytes = Buffer.alloc(0), at = ${startMarker.length};
link.on("data", (chunk) => {
  bytes = Buffer.concat([bytes, chunk]);
  while (bytes.length >= at + 12 && bytes.length >= at + 12 + bytes.readUInt32LE(at + 4)) {
    const end = at + 12 + bytes.readUInt32LE(at + 4);
    answer(bytes.subarray(at + 12, end));
    at = end;
  }
});
function answer(control) {
  const [type, task] = control[0] === 0x5b ? JSON.parse(control) : Object.values(deserialize(control));
  if (type === "close") process.exit(0);
  if (type !== "task" && type !== "call") return;
  link.write(pack({ type: "started", task, at: 5 }));
  link.write(lied ? pack({ type: "outcome", task, status: "value", body: { root: 42 }, ...usual }) : lie(task));
  lied = true;
}`;

/** How it is started. */
export function liar(lie: Lie): Launch {
  return { command: process.execPath, args: ["-e", program(lie)], env: process.env };
}
