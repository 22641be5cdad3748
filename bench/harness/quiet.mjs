/** Other programs share the machine: waits for a quiet moment, and tells how noisy a repetition was. Without /proc all is quiet. */

import { setTimeout } from "node:timers/promises";
import { hasProc, processesOf, read } from "./processes.mjs";

const ticksPerSecond = 100;
const quietCores = 0.2;

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

/** Ticks of a process and of its children that have ended: fields 14 to 17 of its stat. */
function ticksOf(pid) {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return sum(fields.slice(11, 15).map(Number));
}

/** CPU seconds used by everything but this process and its hosts. */
function usedByOthers() {
  const [user, nice, system, , , interrupts, softInterrupts] = read("/proc/stat").split("\n")[0].split(/\s+/).slice(1).map(Number);
  const own = [process.pid, ...processesOf()].map(ticksOf);
  return { at: performance.now(), seconds: (user + nice + system + interrupts + softInterrupts - sum(own)) / ticksPerSecond };
}

/** Starts; the function it gives tells how many cores other programs have kept busy since. */
function watchOthers() {
  if (!hasProc) return () => 0;
  const start = usedByOthers();
  return () => {
    const end = usedByOthers();
    return Math.max(0, (end.seconds - start.seconds) / Math.max(0.05, (end.at - start.at) / 1000));
  };
}

/** Resolves as soon as others use little during 100 ms, or after `patienceMs`. */
async function quiet(patienceMs) {
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline) {
    const others = watchOthers();
    await setTimeout(100);
    if (others() < quietCores) return;
  }
}

/** Measures; if `patient`, in a quiet moment, and once more when others took too much. `measure` gives samples; they get `noise`, in cores. */
export async function calmly(measure, { patient }) {
  const attempts = [];
  do {
    if (patient) await quiet(1500);
    const others = watchOthers();
    const samples = await measure();
    attempts.push({ samples, noise: others() });
  } while (patient && attempts.length < 2 && attempts[0].noise > quietCores);
  const { samples, noise } = attempts.toSorted((a, b) => a.noise - b.noise)[0];
  return samples.map((sample) => ({ ...sample, noise }));
}
