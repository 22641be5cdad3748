/**
 * One workload over all peers: repetitions go round robin, so that drift of the machine hits everyone. Gives samples: { workload, peer, metric, unit, value, noise },
 * or { workload, peer, metric, error } once for a peer (or its variant) that failed and is then left out.
 */

import { Host } from "./Host.mjs";
import { inNewProcess } from "./inNewProcess.mjs";
import { pinToOneCore } from "./pinToOneCore.mjs";
import { calmly } from "./quiet.mjs";

const runsTasks = ({ role }) => role !== "limit";

export async function measure(workload, peers, { quick }) {
  const { reps, seconds, memoryReps = 0 } = { ...workload, ...(quick && workload.quick) };
  const cases = casesOf(workload, peers, quick);
  const samples = [];
  const collect = async (entry, body) => {
    const about = { workload: workload.id, peer: entry.peer.name };
    try {
      samples.push(...(await body()).map((metric) => ({ ...about, ...metric })));
    } catch (error) {
      entry.failed = true;
      samples.push({ ...about, metric: entry.task.variant, error: error.message });
      console.error(`${workload.id} ${entry.peer.name}: ${error.message}`);
    }
  };
  const enough = timeLimit(seconds * 1000);
  if (!workload.fresh) await Promise.all(cases.map((entry) => collect(entry, () => openHost(entry, workload))));
  for (let round = workload.warmUp ? -1 : 0; round < memoryReps + reps; round += 1) {
    if (enough() && round > memoryReps) break;
    const once = ({ host, task }) => (workload.fresh ? inNewProcess(task, round < memoryReps) : repeat(host, workload, round));
    for (const entry of cases.filter(({ failed }) => !failed))
      await collect(entry, () => calmly(() => once(entry), { patient: !quick && round >= memoryReps }));
  }
  await Promise.all(cases.map(({ host }) => host?.stop()));
  return samples;
}

/** Every peer that takes part, as often as it has variants; `task` is what its host will do. */
function casesOf({ file, runs = runsTasks, variants = () => [undefined] }, peers, quick) {
  return peers
    .filter((peer) => runs(peer, quick))
    .flatMap((peer) => variants(peer, quick).map((variant) => ({ peer, task: { peer, file, variant, quick } })));
}

/** Asked before each round: whether another one, as long as the last, would take more than `limit` in all. */
function timeLimit(limit) {
  const began = performance.now();
  let last = began;
  return () => {
    const now = performance.now();
    const next = now + (now - last);
    last = now;
    return next - began > limit;
  };
}

/** Hosts of warm pools live as long as their workload. */
async function openHost(entry, { oneCore }) {
  entry.host = new Host(entry.task);
  await entry.host.next();
  if (oneCore) pinToOneCore(entry.host.name);
  return [];
}

/** One repetition; that before the first warms up, and does not count. */
async function repeat(host, { oneCore }, round) {
  const metrics = await host.repeat({ oneCore, warmUp: round < 0 });
  return round < 0 ? [] : metrics;
}
