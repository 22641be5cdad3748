/**
 * One peer in a process of its own. `argv[2]`: { peer, file, variant, quick }, where `file` is a workload's. Opens the peer, says so, then answers each line on stdin
 * with one repetition. A workload that cannot be repeated (cold start) ends when it is prepared.
 */

import { createInterface } from "node:readline";

const { peer, file, variant, quick } = JSON.parse(process.argv[2]);
const reply = (value) => process.stdout.write(`@@${JSON.stringify(value)}\n`);
const { open } = await import(`../peers/${peer.file}`);
const { [file]: workload } = await import(`../workloads/${file}.mjs`);
const openPool = (options) => open({ workers: 2, perWorker: 1, ...options });

let state;
try {
  state = await workload.prepare(openPool, { peer, variant, quick });
  reply("ready");
  if (workload.measure) {
    for await (const line of createInterface({ input: process.stdin })) {
      reply(await workload.measure(state, { peer, variant, quick, ...JSON.parse(line) }));
    }
  }
} catch (error) {
  reply({
    error: String(error?.message ?? error)
      .split("\n")[0]
      .slice(0, 160),
  });
}
await (state?.pool ?? state)?.close?.();
process.exit(0);
