/** The machine in words, for the head of the tables. */

import os from "node:os";
import { hasProc, read } from "./processes.mjs";

/** All ticks of all cores, and those that a hypervisor kept. */
function ticks() {
  const fields = read("/proc/stat").split("\n")[0].split(/\s+/).slice(1, 9).map(Number);
  return { all: fields.reduce((a, b) => a + b, 0), stolen: fields[7] };
}

/** Starts; the function it gives describes the machine, and how it was since. */
export function watchMachine() {
  const before = hasProc ? ticks() : undefined;
  return () => {
    const cores = `${os.cpus()[0]?.model.trim() ?? os.arch()}, ${os.availableParallelism()} cores, ${(os.totalmem() / 2 ** 30).toFixed(0)} GiB`;
    const what = `${cores}, ${os.type()} ${os.release()}, Node ${process.version}`;
    if (before === undefined) return what;
    const after = ticks();
    const stolen = (100 * (after.stolen - before.stolen)) / Math.max(1, after.all - before.all);
    return `${what}; load ${os.loadavg()[0].toFixed(1)} at the end, ${stolen.toFixed(1)} % of the processor taken by the hypervisor`;
  };
}
