/** One run of one future in this worker: what `currentFuture()` gives it, and where its output goes. */

import type { OutputEntry, TaskMessage } from "../protocol/messages.ts";
import type { FutureContext } from "../session/Session.ts";
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

  /** Whether there may be output that has not been taken. */
  get wrote(): boolean {
    return this.#output !== undefined;
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
