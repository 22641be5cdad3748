/**
 * Everything the engine knows of one future; `Future` is its public face. States change by `move` only, and no
 * promise is made until somebody waits.
 */

import { chunkName, futureName } from "../errors/words.ts";
import { placeOf, type CallSite } from "../platform/callSite.ts";
import type { ChunkReport, MapChunk, OutputEntry } from "../protocol/messages.ts";
import type { FutureSettings } from "./FutureOptions.ts";
import { created, isSettled, mayFollow, type FutureState, type Settled } from "./FutureState.ts";
import type { Snapshot } from "../globals/snapshots.ts";
import type { OpenPlan } from "./OpenPlan.ts";
import type { Run } from "./Run.ts";
import { currentSession } from "../session/currentSession.ts";

/** What was captured at `future()`; `refused`: it cannot travel. */
export type Capture = Snapshot | { readonly _tag: "refused"; readonly error: unknown } | { readonly _tag: "dropped" };

export interface CellInit {
  /** Chunks have the number of their map. */
  readonly number: number;
  readonly settings: FutureSettings;
  readonly modules: readonly string[];
  readonly plan: OpenPlan;
  readonly site: CallSite;
  readonly capture: Capture;
  readonly chunk?: ChunkFacts;
}

/** What only chunks of maps have. */
export interface ChunkFacts {
  /** Its position among the chunks of its map. */
  readonly position: number;
  readonly map: MapChunk;
  /** Its lowest and highest index. */
  readonly span: readonly [number, number];
  /** What it told of its elements. */
  report: ChunkReport | undefined;
  /** Hears of `currentFuture().progress(…)`. */
  onProgress: ((fraction: number, message: string | undefined) => void) | undefined;
}

type FailureListener = (cell: FutureCell) => void;

const nothing: readonly never[] = [];

export class FutureCell {
  readonly number: number;
  readonly settings: FutureSettings;
  readonly modules: readonly string[];
  /** The plan of its creation, for good. */
  readonly plan: OpenPlan;
  readonly site: CallSite;
  readonly chunk: ChunkFacts | undefined;
  /** Made inside another future, which answers for it. */
  readonly nested: boolean;
  capture: Capture;
  state: FutureState = created;
  /** The run in progress. */
  run: Run | undefined = undefined;
  attempts = 0;
  worker: string | undefined = undefined;
  started: number | undefined = undefined;
  finished: number | undefined = undefined;
  output: readonly OutputEntry[] = nothing;
  relayed = false;
  /** Somebody has asked for the value, so a failure need not be reported at exit. */
  observed = false;
  /** Stops listening to `settings.signal`. */
  unlisten: (() => void) | undefined = undefined;
  #waiter: Waiter | undefined = undefined;
  #failed: readonly FailureListener[] = nothing;

  constructor(init: CellInit) {
    this.number = init.number;
    this.settings = init.settings;
    this.modules = init.modules;
    this.plan = init.plan;
    this.site = init.site;
    this.chunk = init.chunk;
    this.nested = currentSession().current() !== undefined;
    this.capture = init.capture;
  }

  /** Unique among all sessions. */
  get id(): string {
    const part = this.chunk === undefined ? "" : `.${this.chunk.position}`;
    return `${currentSession().id}-${this.number}${part}`;
  }

  /** How messages name it. */
  get name(): string {
    const span = this.chunk?.span;
    const name = futureName(this.settings.label, this.number, placeOf(this.site), span === undefined ? "future" : "map");
    return span === undefined ? name : chunkName(name, span);
  }

  get canReset(): boolean {
    return this.chunk === undefined;
  }

  /** It has put out this. */
  write(entries: readonly OutputEntry[]): void {
    if (entries.length > 0) this.output = this.output.length === 0 ? entries : [...this.output, ...entries];
  }

  /** Takes a new state, if it may follow the present one. */
  move(to: FutureState): boolean {
    if (!mayFollow(this.state._tag, to._tag)) return false;
    this.state = to;
    if (isSettled(to)) this.#tell(to);
    return true;
  }

  #tell(end: Settled): void {
    this.#waiter?.resolve(end);
    this.#waiter = undefined;
    const listeners = this.#failed;
    this.#failed = nothing;
    if (end._tag !== "finished") for (const listener of listeners) queueMicrotask(() => listener(this));
  }

  /** Calls back, soon after, if it ends without a value. The same list may listen to thousands. */
  whenFailed(listeners: readonly FailureListener[]): void {
    if (!isSettled(this.state)) this.#failed = this.#failed.length === 0 ? listeners : [...this.#failed, ...listeners];
    else if (this.state._tag !== "finished") for (const listener of listeners) queueMicrotask(() => listener(this));
  }

  /** Resolves once it is settled; never rejects. */
  settled(): Promise<Settled> {
    if (isSettled(this.state)) return Promise.resolve(this.state);
    this.#waiter ??= makeWaiter();
    return this.#waiter.promise;
  }
}

interface Waiter {
  readonly promise: Promise<Settled>;
  readonly resolve: (state: Settled) => void;
}

/** `Promise.withResolvers` comes with Node 22. */
function makeWaiter(): Waiter {
  let resolve = (_state: Settled): void => undefined;
  const promise = new Promise<Settled>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
