/** Threads take their heap's limit from flags at their start: this makes those that start meanwhile small ones, so that they run out of memory soon. */

import { getHeapStatistics, setFlagsFromString } from "node:v8";

const mebibyte = 2 ** 20;

/** Threads started while `body` runs have 64 MiB. */
export async function withSmallHeap<T>(body: () => Promise<T>): Promise<T> {
  const before = Math.round(getHeapStatistics().heap_size_limit / mebibyte);
  setFlagsFromString("--max-old-space-size=64");
  try {
    return await body();
  } finally {
    setFlagsFromString(`--max-old-space-size=${before}`);
  }
}
