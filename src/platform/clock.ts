/**
 * Time, so that tests can own it. Timers do not keep the process alive unless asked to:
 * what waits for a worker holds that worker's channel instead.
 */

export interface Timer {
  cancel(): void;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds with fractions, from any moment on. */
  precise(): number;
  /** Calls `callback` once after so many milliseconds; any finite number of them. */
  after(milliseconds: number, callback: () => void, keepAlive?: boolean): Timer;
}

/** Longer timeouts make Node fire at once. */
const longest = 2 ** 31 - 1;

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  precise: () => performance.now(),
  after(milliseconds, callback, keepAlive = false) {
    let handle: NodeJS.Timeout;
    const arm = (left: number): void => {
      handle = setTimeout(() => (left > longest ? arm(left - longest) : callback()), Math.min(left, longest));
      if (!keepAlive) handle.unref();
    };
    arm(milliseconds);
    return { cancel: () => clearTimeout(handle) };
  },
};
