/** W8: what many futures cost while they wait, and how fast they settle. */

import { clocked } from "./clock.mjs";
import { all, submit, warmPool } from "./pools.mjs";

/** Bytes in use, on the heap and outside. */
function inUse() {
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

export const pending = {
  prepare: warmPool,
  async measure(pool, { quick, peer }) {
    const count = quick && peer.role !== "ours" ? 10_000 : 100_000;
    const before = inUse();
    const submitted = await clocked(() => ({ running: submit(pool, count, "noop", []) }));
    const live = inUse() - before;
    const settled = await clocked(() => all(pool, submitted.result.running));
    return [
      { metric: "submitted", unit: "/s", value: (count * 1000) / submitted.ms },
      { metric: "submitted and settled", unit: "/s", value: (count * 1000) / (submitted.ms + settled.ms) },
      { metric: "held by each while pending", unit: "bytes", value: live / count },
    ];
  },
};
