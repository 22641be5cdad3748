/** The peak of the memory of a host and all its descendants, in MiB: PSS, which counts a page that several processes share once. */

import { hasProc, processesOf, read } from "./processes.mjs";

const everyMs = 25;

function memoryOf(host) {
  const ofProcess = (pid) => Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
  return processesOf(host).reduce((sum, pid) => sum + ofProcess(pid), 0) / 1024;
}

/** The peak while `body` runs; undefined without /proc. */
export async function watchMemory(host, body) {
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, memoryOf(host));
  };
  const timer = setInterval(look, everyMs);
  try {
    await body();
    look();
    return hasProc ? peak : undefined;
  } finally {
    clearInterval(timer);
  }
}
