/** What the program itself needs, saved before user code can replace it. Must be imported before anything runs. */

import { performance } from "node:perf_hooks";

export const exit: (code: number) => void = process.exit.bind(process);
export const chdir: (path: string) => void = process.chdir.bind(process);
export const cwd: () => string = process.cwd.bind(process);
export const setTimer: typeof setTimeout = setTimeout;
export const setRepeating: typeof setInterval = setInterval;
export const setSoon: typeof setImmediate = setImmediate;
export const clearTimer: typeof clearTimeout = clearTimeout;
export const activeResources: () => string[] = process.getActiveResourcesInfo.bind(process);

const origin = performance.timeOrigin;
const clock = performance.now.bind(performance);

/** Milliseconds since the epoch, finer than `Date.now` and out of reach of fake timers. */
export function now(): number {
  return origin + clock();
}
