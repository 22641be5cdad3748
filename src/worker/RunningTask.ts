/** One run of one future in this worker: what `currentFuture()` gives it, and where its output goes. */

import type { OutputEntry, RngWatch, TaskMessage } from "../protocol/messages.ts";
import { currentSession } from "../session/currentSession.ts";
import type { Draw, Feeder, FutureContext } from "../session/Session.ts";
import { drawnWithoutSeed, isMaking } from "./drawnWithoutSeed.ts";
import type { OutputSettings, TaskOutput, WorkerChannel, WorkerHost } from "./WorkerHost.ts";

/** What all tasks of a worker share. */
export interface TaskSurroundings {
  readonly channel: WorkerChannel;
  readonly host: WorkerHost;
  /** The worker's name. */
  readonly worker: string;
  readonly settings: OutputSettings;
}

const nothing: readonly never[] = [];

export class RunningTask {
  readonly #message: TaskMessage;
  readonly #around: TaskSurroundings;
  #context: FutureContext | undefined;
  #controller: AbortController | undefined;
  #output: TaskOutput | undefined;
  #over = false;
  /** Those whose `Math.random` asks for it first. */
  #feeders: readonly Feeder[] = nothing;
  /** Where it drew a random number without a seed, or that it must fail for it. */
  #drew: string | Error | undefined;
  /** The element that runs, if it is a chunk. */
  index: number | undefined;
  /** How many elements of the chunk are done, and how many there are. */
  done = 0;
  count = 1;

  constructor(message: TaskMessage, around: TaskSurroundings) {
    this.#message = message;
    this.#around = around;
    this.index = message.index;
  }

  get seed(): unknown {
    return this.#message.seed;
  }

  /** From now on `Math.random` draws from its stream, or tells that it has none. */
  feed(): void {
    if (this.seed === false) return;
    this.#feeders = [...currentSession().feeders];
    for (const feeder of this.#feeders) feeder.enter(draw, typeof this.seed === "object");
  }

  rest(): void {
    for (const feeder of this.#feeders) feeder.leave(draw, typeof this.seed === "object");
    this.#feeders = nothing;
  }

  /** It has no stream, and drew. One such draw is enough, but where each element fails for its own. */
  drewWithoutSeed(above: Function): void {
    const { seed: watch } = this;
    if (!isWatch(watch) || this.#drew !== undefined) return;
    this.#drew = drawnWithoutSeed(watch, this.#message.label, above);
    if (watch !== "error") this.rest();
  }

  /** Where it did; `undefined` if not, or if that is an error. */
  get drew(): string | undefined {
    return typeof this.#drew === "string" ? this.#drew : undefined;
  }

  /** With what it must fail because of that; what runs next in it starts anew. */
  takeMisuse(): Error | undefined {
    const drew = this.#drew;
    if (typeof drew !== "object") return undefined;
    this.#drew = undefined;
    return drew;
  }

  /** What user code sees; made at first use, like all that most futures never ask for. */
  get context(): FutureContext {
    const { index } = this;
    if (this.#context?.index === index && this.#context !== undefined) return this.#context;
    const { future: id, label, attempt } = this.#message;
    const signal = (): AbortSignal => this.signal;
    this.#context = {
      id,
      label,
      index,
      attempt,
      worker: this.#around.worker,
      get signal() {
        return signal();
      },
      progress: (fraction, message) => this.progress(fraction, message),
    };
    return this.#context;
  }

  get signal(): AbortSignal {
    return this.#abortable().signal;
  }

  abort(reason: string): void {
    this.#abortable().abort(new DOMException(`This future was asked to stop (${reason}).`, "AbortError"));
  }

  get isAborted(): boolean {
    return this.#controller?.signal.aborted === true;
  }

  #abortable(): AbortController {
    this.#controller ??= new AbortController();
    return this.#controller;
  }

  /** `fraction` of the element that runs. */
  progress(fraction: number, message: string | undefined): void {
    const whole = (this.done + fraction) / this.count;
    const text = message === undefined ? undefined : String(message);
    if (!this.#over) this.#around.channel.send({ type: "progress", task: this.#message.task, fraction: whole, message: text }, nothing);
  }

  /** User code is about to run. */
  announce(): void {
    const { host, channel } = this.#around;
    channel.send({ type: "started", task: this.#message.task, at: host.now() }, nothing);
  }

  /** Where output made now goes; `undefined`: it is left alone. */
  output(): TaskOutput | undefined {
    const { output: mode, task } = this.#message;
    if (mode === "inherit" || this.#over) return undefined;
    const { host, settings, channel } = this.#around;
    this.#output ??= host.openOutput(mode, settings, (entries) => channel.send({ type: "output", task, entries }, nothing));
    return this.#output;
  }

  /** Whether there may be output, or misuse, that has not been taken. */
  get isNoted(): boolean {
    return this.#output !== undefined || typeof this.#drew === "object";
  }

  /** The captured output that has not been sent or taken. */
  takeOutput(): readonly OutputEntry[] {
    const output = this.#output;
    if (output === undefined) return nothing;
    this.#output = undefined;
    return output.finish();
  }

  /** It has been asked to stop, and may soon be ended by force: what it wrote goes home before. */
  sendOutput(): void {
    const entries = this.takeOutput();
    if (entries.length > 0) this.#around.channel.send({ type: "output", task: this.#message.task, entries }, nothing);
  }

  /** The run is over; gives the rest of the output. */
  finish(): readonly OutputEntry[] {
    this.#over = true;
    return this.takeOutput();
  }
}

/** One for all: who runs here is asked when it is called. */
const draw: Draw = (above) => {
  const session = currentSession();
  const stream = session.stream();
  if (isStream(stream)) return stream.random();
  if (!isMaking()) session.drew(above);
  return undefined;
};

function isStream(value: unknown): value is { random(): number } {
  return typeof value === "object" && value !== null && "random" in value;
}

function isWatch(seed: unknown): seed is RngWatch {
  return typeof seed === "string";
}
