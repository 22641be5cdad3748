/** The session of this thread: made at first use and shared by every copy of the package of the same shape. */

import { EnvironmentLog } from "./EnvironmentLog.ts";
import type { Session } from "./Session.ts";

const key = Symbol.for("futureplan/session");
const shape = 3;

/** The session of this thread. Throws when a copy of another, incompatible version of futureplan made it. */
export function currentSession(): Session {
  const holder = globalThis as { [key]?: Session };
  const existing = holder[key];
  if (existing === undefined) {
    const made = newSession();
    Object.defineProperty(globalThis, key, { value: made, enumerable: false });
    return made;
  }
  if (existing.version !== shape) {
    throw new Error(
      "Two versions of futureplan are loaded in one process. Make every package use the same one; `npm ls futureplan` shows them.",
    );
  }
  return existing;
}

function newSession(): Session {
  return {
    version: shape,
    // Web crypto takes 3 ms to load; a process and a nanosecond say enough.
    id: `${process.pid.toString(36)}-${process.hrtime.bigint().toString(36)}`,
    count: 0,
    futures: 0,
    worker: undefined,
    current: () => undefined,
    stream: () => undefined,
    streams: undefined,
    feeders: new Set(),
    drew: () => undefined,
    unwatched: new Set(),
    seed: undefined,
    seeded: false,
    ended: () => undefined,
    shared: new WeakSet(),
    frozen: new WeakSet(),
    symbols: { names: new Map(), byName: new Map() },
    environment: new EnvironmentLog(),
    everywhere: [],
    privates: new WeakMap(),
    fields: new WeakMap(),
    keys: new WeakMap(),
    shipped: new Map(),
    capture: undefined,
    openScope: undefined,
    access: undefined,
    library: undefined,
    engine: undefined,
  };
}
