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

  constructor(message: TaskMessage, around: TaskSurroundings) {
    this.#message = message;
    this.#around = around;
  }

  /** What user code sees; made at first use, like all that most futures never ask for. */
  get context(): FutureContext {
    const { future: id, label, index, attempt } = this.#message;
    const signal = (): AbortSignal => this.#abortable().signal;
    this.#context ??= {
      id,
      label,
      index,
      attempt,
      worker: this.#around.worker,
      get signal() {
        return signal();
      },
      progress: (fraction, message) => this.#progress(fraction, message),
    };
    return this.#context;
  }

  abort(reason: string): void {
    this.#abortable().abort(new DOMException(`This future was asked to stop (${reason}).`, "AbortError"));
  }

  #abortable(): AbortController {
    this.#controller ??= new AbortController();
    return this.#controller;
  }

  #progress(fraction: number, message: string | undefined): void {
    if (!this.#over) this.#around.channel.send({ type: "progress", task: this.#message.task, fraction, message }, nothing);
  }

  /** Where output made now goes; `undefined`: it is left alone. */
  output(): TaskOutput | undefined {
    const { output: mode, task } = this.#message;
    if (mode === "inherit" || this.#over) return undefined;
    const { host, settings, channel } = this.#around;
    this.#output ??= host.openOutput(mode, settings, (entries) => channel.send({ type: "output", task, entries }, nothing));
    return this.#output;
  }

  /** The run is over; gives the captured output that has not been sent. */
  finish(): readonly OutputEntry[] {
    this.#over = true;
    return this.#output === undefined ? nothing : this.#output.finish();
  }
}
