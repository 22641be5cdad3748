/**
 * Runs tasks: as many at once as the plan's `concurrency`, the rest wait in order. A task that needs no import and
 * whose function returns no promise goes from message to answer without leaving the call stack.
 */

import type { Linker, Result } from "../codec/Linker.ts";
import type { EverywhereMessage, MapChunk, OutcomeMessage, OutputEntry, TaskMessage, TurnMessage } from "../protocol/messages.ts";
import { currentSession } from "../session/currentSession.ts";
import type { FutureContext, Session } from "../session/Session.ts";
import { encodeError, encodeParts } from "./encodeError.ts";
import { runChunk, type ChunkEnd } from "./chunkRunner.ts";
import { importAll } from "./importAll.ts";
import { isThenable } from "./isThenable.ts";
import { notBegun, sendOutcome } from "./outcomes.ts";
import { RunningTask, type TaskSurroundings } from "./RunningTask.ts";
import { Stays } from "./Stays.ts";
import type { AsyncValue, Left, TaskOutput } from "./WorkerHost.ts";

export interface RunnerOptions extends TaskSurroundings {
  readonly linker: Linker;
  readonly concurrency: number;
  /** Bytes of memory beyond which the worker calls itself spent. */
  readonly maxMemory: number;
  /** Runs a function of `everywhere()`. */
  readonly everywhere: (message: EverywhereMessage) => Promise<void>;
  /** Called whenever nothing runs and nothing waits. */
  readonly idle: () => void;
}

type Status = OutcomeMessage["status"];

/** A run with its times. */
interface Run {
  readonly message: TaskMessage;
  readonly task: RunningTask;
  readonly started: number;
  finished: number;
  /** Of a chunk that ran. */
  chunk: ChunkEnd | undefined;
}

const nothing: readonly never[] = [];

export class Runner {
  readonly #options: RunnerOptions;
  readonly #session: Session = currentSession();
  readonly #running = new Map<number, Run>();
  readonly #waiting: TurnMessage[] = [];
  /** Who is current where several run at once; `undefined` at concurrency 1, where it is a plain variable. */
  readonly #lanes: AsyncValue<RunningTask> | undefined;
  #current: RunningTask | undefined;
  readonly #stays: Stays;
  #open = false;
  /** It could not be put back as it was: no other task may run here. */
  #spent = false;
  #pumping = false;
  /** A function of `everywhere()` runs: nothing else does. */
  #preparing = false;
  /** What such a function threw: the worker is not what futures expect. */
  #unprepared: { readonly error: unknown } | undefined;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#stays = new Stays(options.host.putBack, () => this.#running.size === 1);
    this.#lanes = options.concurrency > 1 ? options.host.asyncValue() : undefined;
  }

  /** From now on tasks run. */
  open(): void {
    this.#open = true;
    this.#pump();
  }

  add(...messages: readonly TurnMessage[]): void {
    if (this.#spent) return; // home takes back what it has sent ahead
    this.#waiting.push(...messages);
    this.#pump();
  }

  cancel(task: number, reason: string): void {
    const run = this.#running.get(task);
    if (run?.message.map === undefined) run?.task.sendOutput(); // that of a chunk belongs to its elements
    run?.task.abort(reason);
    const index = this.#waiting.findIndex((message) => message.type === "task" && message.task === task);
    const [message] = index < 0 ? [] : this.#waiting.splice(index, 1);
    if (message?.type === "task") this.#refuse(message);
  }

  /** The future in whose asynchronous extent this is called. */
  here(): FutureContext | undefined {
    return this.#task()?.context;
  }

  output(): TaskOutput | undefined {
    return this.#task()?.output();
  }

  #task(): RunningTask | undefined {
    return this.#lanes === undefined ? this.#current : this.#lanes.get();
  }

  /** The tasks aboard. */
  aboard(): readonly number[] {
    return [...this.#running.keys()];
  }

  get isIdle(): boolean {
    return this.#running.size === 0 && this.#waiting.length === 0 && !this.#preparing;
  }

  /** A loop, since a task that ends at once must not start the next one deeper in the stack. */
  #pump(): void {
    if (this.#pumping || !this.#open) return;
    this.#pumping = true;
    while (this.#running.size < this.#options.concurrency && !this.#spent && !this.#preparing) {
      const message = this.#waiting.shift();
      if (message === undefined || !this.#take(message)) break;
    }
    this.#pumping = false;
    if (this.isIdle) this.#options.idle();
  }

  /** `false`: not yet. */
  #take(message: TurnMessage): boolean {
    const alone = this.#running.size === 0;
    if (message.type === "task") this.#begin(message);
    else if (message.type === "environment") this.#options.host.putBack.setVariables(message.variables, alone);
    else if (alone) this.#prepare(message);
    else this.#waiting.unshift(message); // what it sets would be put back with the futures that run
    return alone || message.type !== "everywhere";
  }

  #prepare(message: EverywhereMessage): void {
    this.#preparing = true;
    const done = (): void => {
      this.#preparing = false;
      this.#pump();
    };
    this.#options.everywhere(message).then(done, (error) => {
      this.#unprepared ??= { error };
      done();
    });
  }

  #begin(message: TaskMessage): void {
    const { host, channel } = this.#options;
    if (message.place !== undefined && !host.claim(message.place, message.ahead)) return this.#refuse(message);
    const task = new RunningTask(message, this.#options);
    const run: Run = { message, task, started: host.now(), finished: 0, chunk: undefined };
    this.#running.set(message.task, run);
    if (message.announce) channel.send({ type: "started", task: message.task, at: run.started }, nothing);
    const fail = (error: unknown): void => {
      this.#stays.enter(true); // nothing of this was the future's doing
      this.#finish(run, "error", error);
    };
    if (this.#unprepared !== undefined) return fail(this.#unprepared.error);
    const imports = this.#imports(message);
    if (imports === undefined) return this.#run(run);
    imports.then(() => (task.isAborted ? fail(task.signal.reason) : this.#run(run, true)), fail);
  }

  #imports({ body, dependencies, modules }: TaskMessage): Promise<unknown> | undefined {
    const { linker, host } = this.#options;
    return importAll(linker, host, modules, [body, ...dependencies]);
  }

  #run(run: Run, imported: boolean = false): void {
    const { host, linker } = this.#options;
    const { body, dependencies } = run.message;
    let result: unknown;
    try {
      this.#stays.enter(imported);
      if (linker.touchesGlobals(body)) host.putBack.watchGlobals();
      run.task.feed();
      const values = dependencies.length === 0 ? nothing : dependencies.map((one) => linker.decode(one));
      const decode = (): unknown => linker.decode(body, values);
      if (run.message.map !== undefined) return this.#runChunk(run, run.message.map, decode);
      result = this.#call(run.task, decode());
      if (isThenable(result)) return this.#await(run, result);
    } catch (error) {
      return this.#finish(run, "error", error);
    }
    this.#finish(run, "value", result);
  }

  #call(task: RunningTask, call: unknown): unknown {
    if (!isCall(call)) throw new TypeError("The body of a task must be a function with its arguments.");
    const [fn, ...args] = call;
    return this.#as(task, () => fn(...args));
  }

  #runChunk(run: Run, map: MapChunk, decode: () => unknown): void {
    const end = this.#as(run.task, () => runChunk({ map, body: run.message.body, task: run.task, now: this.#options.host.now, decode }));
    const finish = (chunk: ChunkEnd): void => {
      run.chunk = chunk;
      this.#finish(run, chunk.status, chunk.value);
    };
    if (end instanceof Promise) end.then(finish, (error) => this.#finish(run, "error", error));
    else finish(end);
  }

  #as<R>(task: RunningTask, body: () => R): R {
    if (this.#lanes !== undefined) return this.#lanes.run(task, body);
    this.#current = task;
    return body();
  }

  /** The random numbers of the future, or of the element, in whose extent this is called; `undefined` without a seed. */
  stream(): unknown {
    const { seed, index } = this.#task() ?? {};
    return typeof seed === "object" && seed !== null ? this.#session.streams?.open(seed, index) : undefined;
  }

  /** A random number was drawn that it did not give. */
  drew(above: Function): void {
    this.#task()?.drewWithoutSeed(above);
  }

  #await(run: Run, result: PromiseLike<unknown>): void {
    Promise.resolve(result).then(
      (value) => this.#finish(run, "value", value),
      (error) => this.#finish(run, "error", error),
    );
  }

  #finish(run: Run, status: Status, value: unknown): void {
    run.finished = this.#options.host.now();
    const misuse = status === "value" ? run.task.takeMisuse() : undefined;
    if (misuse !== undefined) return this.#finish(run, "error", misuse);
    let result;
    try {
      result = run.chunk?.encoded ?? (status === "value" ? this.#encode(run, value) : encodeError(this.#options.linker, value));
    } catch (error) {
      return this.#finish(run, "error", error);
    }
    if (!(result instanceof Promise)) return this.#settle(run, status, result);
    result.then(
      (encoded) => this.#settle(run, status, encoded),
      (error) => this.#finish(run, "error", error),
    );
  }

  #encode({ chunk, message }: Run, value: unknown): Result | Promise<Result> {
    const { linker } = this.#options;
    return chunk?.parts === undefined ? linker.encode(value, "value", message.body) : encodeParts(linker, chunk.parts, message.body);
  }

  #settle(run: Run, status: Status, result: Result): void {
    this.#current = undefined;
    run.task.rest();
    this.#session.ended(run.message.future);
    const left = this.#stays.leave();
    if (left instanceof Promise) void left.then((found) => this.#answer(run, status, result, found));
    else this.#answer(run, status, result, left);
  }

  #answer(run: Run, status: Status, result: Result, { left, spent }: Left): void {
    const { host, maxMemory } = this.#options;
    const outcome: OutcomeMessage = {
      type: "outcome",
      task: run.message.task,
      status,
      body: result.body,
      definitions: result.definitions,
      output: outputOf(run),
      started: run.started,
      finished: run.finished,
      left,
      ...(run.chunk !== undefined && { chunk: { failed: run.chunk.failed, written: run.chunk.written } }),
      ...(run.task.drew !== undefined && { drew: run.task.drew }),
      spent: spent || (maxMemory !== Infinity && host.memory() > maxMemory),
    };
    this.#spent = outcome.spent;
    if (this.#spent) this.#waiting.length = 0;
    sendOutcome(this.#options, outcome, result.transfer);
    this.#running.delete(run.message.task);
    this.#pump();
  }

  /** Canceled or taken back while it waited here: it never ran. */
  #refuse({ task }: TaskMessage): void {
    this.#options.channel.send(notBegun(task, this.#options.host.now()), nothing);
  }
}

type Call = readonly [fn: (...args: readonly unknown[]) => unknown, ...args: readonly unknown[]];

function outputOf({ task, chunk }: Run): readonly OutputEntry[] {
  const rest = task.finish();
  return chunk === undefined ? rest : [...chunk.output, ...rest];
}

function isCall(value: unknown): value is Call {
  return Array.isArray(value) && typeof value[0] === "function";
}
