/**
 * The one piece of global state, under `Symbol.for("futureplan/session")`: who we are, which future
 * runs here, and what the worker's program tells a library that is imported inside a closure.
 */

import type { EnvironmentLog } from "./EnvironmentLog.ts";

/** What `currentFuture()` gives inside a future. */
export interface FutureContext {
  readonly id: string;
  readonly label: string | undefined;
  /** Aborts when the future is canceled or timed out. */
  readonly signal: AbortSignal;
  /** The worker's name, such as `multicore/2`. */
  readonly worker: string;
  /** In maps: the index of the element. */
  readonly index: number | undefined;
  /** `1` for the first run, `2` for the first retry. */
  readonly attempt: number;
  /** Report progress within a long future. `fraction` lies in [0, 1]. */
  progress(fraction: number, message?: string): void;
}

/** One call of `everywhere()`, as workers that start later, or are told later, need it. */
export interface EverywhereCall {
  /** The frozen function; opaque here. `undefined`: it came from above, and is frozen once more when a worker below needs it. */
  payload: unknown;
  /** Of one that came from above: a new copy of the function. */
  readonly copy: () => unknown;
  /** What was noted in `environment` when it had run here: later writes hold against what it sets in workers. */
  version: number;
}

export interface Session {
  /** Version of this shape, to notice a second copy of the package. */
  readonly version: number;
  readonly id: string;
  /** The last number given to something that must be unique here: tasks, units, functions. */
  count: number;
  /** The number of the last future or map; what messages call it. */
  futures: number;
  /** Set by a worker's program: what the library needs to know when it is imported there. */
  worker: WorkerFacts | undefined;
  /** The future that runs in this asynchronous context; installed by whoever runs futures. */
  current: () => FutureContext | undefined;
  /** Gives the random stream of the future, or of the element, that runs here; `undefined`: it has no seed. */
  stream: () => unknown;
  /** Set by `futureplan/random` when it is loaded. */
  streams: Streams | undefined;
  /** Where `Math.random` can be fed: in this realm, and in that where functions run that came from elsewhere. */
  readonly feeders: Set<Feeder>;
  /** A number was drawn by `Math.random`, called by the caller of `above`, and no stream gave it: whoever runs futures wants to know. */
  drew: (above: Function) => void;
  /** What draws numbers of its own now, of which nobody need be told: who makes a resource, and the promises of those that are being made. */
  readonly unwatched: Set<object>;
  /** From which `seed: true` takes; set by `setSeed`, else made at first use. */
  seed: SessionSeed | undefined;
  /** Somebody has asked for random numbers that repeat. */
  seeded: boolean;
  /** Called with its id by whoever runs futures when one has ended here: the plan it set for itself ends with it. */
  ended: (future: string) => void;
  /** Memory that `share()` made: processes, which cannot share it, get copies. Other shared memory is refused there. */
  readonly shared: WeakSet<object>;
  /** Memory that came here frozen and is used by others, too: nobody writes to it. */
  readonly frozen: WeakSet<object>;
  /** Local symbols that have travelled, and what they are called by. */
  readonly symbols: { readonly names: Map<symbol, string>; readonly byName: Map<string, symbol> };
  /** Writes of `process.env`. */
  readonly environment: EnvironmentLog;
  /** What every worker below this thread runs before its next future, in this order. */
  readonly everywhere: EverywhereCall[];
  /** By class that was rebuilt here: how its instances get their `#private` state without being constructed. */
  readonly privates: WeakMap<object, PrivateAccess>;
  /** By object with `#private` state that was rebuilt here: the public fields that its classes made with it, of which functions are wanted. */
  readonly fields: WeakMap<object, Record<PropertyKey, unknown>>;
  /** By class that was rebuilt here: the computed keys of its members, in the order of its text. */
  readonly keys: WeakMap<object, readonly unknown[]>;
  /** Packages that came along with futures, by what would be imported. */
  readonly shipped: Map<string, unknown>;
  /** Encodes a value with functions made in this thread; `hooks` are the codec's for results. Set by `globals/` when it is loaded. */
  capture: ((value: unknown, kind: unknown, hooks: unknown) => unknown) | undefined;
  /** Gives what a variable of a module holds, named by a `scope` of the codec's; set by `globals/`, too. */
  openScope: ((special: readonly unknown[]) => Promise<unknown>) | undefined;
  /** The same as `privates` for a class that was not rebuilt here, but is what it is; set by `globals/`, too. Throws where that cannot be. */
  access: ((constructor: Function) => PrivateAccess) | undefined;
  /** The namespace of `futureplan`, once it is loaded in this thread. */
  library: Readonly<Record<string, unknown>> | undefined;
  /** The library's own state (plans, backends); opaque here. */
  engine: unknown;
}

/** Reaches the `#private` state that one class gives its instances. Runs no code of the user's. */
export interface PrivateAccess {
  /** Home cannot make instances: their fields are initialised by code of the user's. */
  readonly stays: boolean;
  /** The class has no parent. */
  readonly isBase: boolean;
  /** The names of its fields, of a class that was not rebuilt here: elsewhere it may be of another version. */
  readonly names?: string;
  /** Gives `target` the class's private names, or makes an object that has them when there is none: the class has no parent. */
  brand(target: object | undefined): object;
  /** The values of its fields; `undefined` for an object without them. */
  read(value: object): readonly unknown[] | undefined;
  write(value: object, values: readonly unknown[]): void;
}

export interface Streams {
  /** The stream of a seed, for element `index` of a map or for a single future: the same one until another is asked for. */
  open(seed: object, index: number | undefined): unknown;
}

/** Gives the next number of the stream that runs here; `undefined`: there is none. */
export type Draw = (above: Function) => number | undefined;

/** What stands in one realm for `Math.random`. */
export interface Feeder {
  /** Its functions, and the one that was there before: all are the intrinsic. */
  readonly functions: readonly (() => number)[];
  /** Until as many have left, `draw` is asked first; for `seeded` futures even if somebody has replaced `Math.random`. */
  enter(draw: Draw, seeded: boolean): void;
  leave(draw: Draw, seeded: boolean): void;
}

/** R's seed, or six words of its generator, and how many times streams were taken from it. */
export interface SessionSeed {
  readonly base: { readonly seed: number } | { readonly words: readonly number[] };
  used: number;
}

export interface WorkerFacts {
  readonly name: string;
  /** The strata below this worker: `PlanSpec[]`, decoded. */
  readonly strata: readonly unknown[];
  readonly cores: number;
  /**
   * Runs `body`. Timers and handles that the running future creates from now on are neither ended nor reported:
   * they may belong to something that outlives it (`workerLocal`, the workers of a nested plan).
   */
  keep<T>(body: () => T): T;
}
