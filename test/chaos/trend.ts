/** Whether a figure stays where it is: a straight line through its samples, after the first fifth, in which caches fill. */

import type { Sample } from "./types.ts";

export interface Trend {
  /** The line's first and last value. */
  readonly from: number;
  readonly to: number;
  /** How much it rises, in parts of `from`. */
  readonly growth: number;
}

export function trend(samples: readonly Sample[], of: (sample: Sample) => number): Trend {
  const rest = samples.slice(Math.floor(samples.length / 5));
  const times = rest.map(({ at }) => at);
  const values = rest.map(of);
  const middle = mean(times);
  const level = mean(values);
  const spread = times.reduce((sum, at) => sum + (at - middle) ** 2, 0);
  const slope = spread === 0 ? 0 : times.reduce((sum, at, index) => sum + (at - middle) * ((values[index] ?? 0) - level), 0) / spread;
  const at = (time: number): number => level + slope * (time - middle);
  const [from, to] = [at(times[0] ?? 0), at(times.at(-1) ?? 0)];
  return { from, to, growth: from === 0 ? 0 : to / from - 1 };
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / Math.max(1, numbers.length);
}
