/**
 * W6: tasks that all read the same large array. The array lies ready and the pool is open before the clock (or the watch over memory) starts, except where
 * workers get the data as they start. Under `multisession` the same map runs again, and what home writes to other processes meanwhile is counted.
 */

import { readFileSync } from "node:fs";
import { check, clocked } from "./clock.mjs";
import { all, submit, warmPool } from "./pools.mjs";

const length = 50_000_000;

/** 400 MB whose mean is exactly 499.5. */
function fill(array) {
  for (let i = 0; i < length; i++) array[i] = i % 1000;
  return array;
}

/** In shared memory: by `share()`, where the peer has it. */
function sharedData(pool) {
  if (pool.share) return pool.share(fill(new Float64Array(length)));
  return fill(new Float64Array(new SharedArrayBuffer(length * 8)));
}

/** Megabytes that this process has written so far, to files, pipes and sockets; undefined without /proc. */
function written() {
  if (process.platform !== "linux") return undefined;
  return Number(/^wchar: (\d+)/m.exec(readFileSync("/proc/self/io", "latin1"))?.[1]) / 1e6;
}

function run(pool, variant, data) {
  if (variant === "per worker") return all(pool, submit(pool, 8, "meanOfData", []));
  if (pool.means && (variant === "ordinary" || pool.share)) return pool.means(data);
  return all(pool, submit(pool, 8, "mean", [data]));
}

async function clockedMeans(body) {
  const { ms, result } = await clocked(body);
  check(result.length === 8 && result.every((x) => x === 499.5), "mean");
  return ms;
}

export const largeData = {
  async prepare(open, { variant }) {
    const pool = variant === "per worker" ? undefined : await warmPool(open);
    const data = variant === "shared" ? sharedData(pool) : fill(new Float64Array(length));
    globalThis.gc();
    return { pool, data, open };
  },
  async measure(state, { variant, peer }) {
    const { data } = state;
    const first = await clockedMeans(async () => {
      state.pool ??= await state.open({ data });
      return run(state.pool, variant, data);
    });
    const metrics = [{ metric: variant, unit: "ms", value: first }];
    if (peer.role !== "ours" || peer.place !== "processes") return metrics;
    const before = written();
    metrics.push({ metric: `${variant}: the same map again`, unit: "ms", value: await clockedMeans(() => run(state.pool, variant, data)) });
    const sent = written() - before;
    return [...metrics, ...(Number.isNaN(sent) ? [] : [{ metric: `${variant}: written for it`, unit: "MB", value: sent }])];
  },
};
