/**
 * The worker's program, bundled as it is published, in a real thread or process, driven message by message.
 */

import { spawn } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import * as errors from "../../../src/errors/errors.ts";
import { FutureError } from "../../../src/errors/FutureError.ts";
import { decodeAtHome, snapshot, snapshotValue } from "../../../src/globals/snapshot.ts";
import type { HostMessage, InitMessage, OutcomeMessage, TaskMessage, WorkerMessage } from "../../../src/protocol/messages.ts";
import { protocolVersion } from "../../../src/protocol/version.ts";
import { currentSession } from "../../../src/session/currentSession.ts";
import type { Channel, ChannelEnd } from "../../../src/transport/Channel.ts";
import { streamChannel } from "../../../src/transport/streamChannel.ts";
import { threadChannel } from "../../../src/transport/threadChannel.ts";
import { ThreadMemory } from "../../../src/transport/threadMemory.ts";
import { plainTask } from "../protocol/plainTask.ts";
import { deferred } from "../transport/deferred.ts";

export type Kind = "thread" | "process";

// What comes home as one of the library's own classes is looked up here.
currentSession().library ??= { ...errors, FutureError };

interface Bundles {
  readonly program: string;
  readonly results: string;
}

let bundles: Promise<Bundles> | undefined;

async function bundled(): Promise<Bundles> {
  const directory = await mkdtemp(join(tmpdir(), "futureplan-worker-"));
  const bundle = async (entry: string, format: "esm" | "cjs"): Promise<string> => {
    const outfile = join(directory, `${format === "esm" ? "worker.mjs" : "results.cjs"}`);
    await build({
      entryPoints: [fileURLToPath(new URL(`../../../src/worker/${entry}`, import.meta.url))],
      outfile,
      bundle: true,
      platform: "node",
      format,
      target: "node20.19",
      minify: true,
      keepNames: true,
    });
    return outfile;
  };
  return { program: await bundle("host/main.ts", "esm"), results: await bundle("results.ts", "cjs") };
}

export interface RunOptions extends Partial<Omit<TaskMessage, "type" | "task" | "body">> {
  readonly args?: readonly unknown[];
}

export interface Finished extends OutcomeMessage {
  /** The decoded body. */
  readonly value: unknown;
}

export class TestWorker {
  readonly channel: Channel;
  readonly messages: WorkerMessage[] = [];
  readonly closed: Promise<ChannelEnd>;
  /** What a process wrote on its standard output. */
  stdout = "";
  /** Where the part for results lies. */
  static #results = "";
  #tasks = 0;
  #waiting: { readonly fits: (message: WorkerMessage) => boolean; readonly resolve: (message: WorkerMessage) => void }[] = [];

  static async start(kind: Kind, init: Partial<InitMessage> = {}): Promise<TestWorker> {
    const worker = await TestWorker.open(kind);
    worker.init(init);
    return worker;
  }

  /** Started, but not yet greeted. */
  static async open(kind: Kind): Promise<TestWorker> {
    bundles ??= bundled();
    const { program: file, results } = await bundles;
    TestWorker.#results = results;
    if (kind === "thread") {
      const { buffer: memory } = new ThreadMemory();
      return new TestWorker(threadChannel(new Worker(file, { workerData: { futureplan: { memory } }, stdout: true }), memory));
    }
    const child = spawn(process.execPath, [file], { stdio: ["ignore", "pipe", "inherit", "pipe"] });
    const ended = deferred<ChannelEnd>();
    child.on("exit", (exitCode, signal) => ended.resolve({ exitCode: exitCode ?? undefined, signal: signal ?? undefined }));
    const socket = child.stdio[3] as Socket;
    const kill = (): void => void child.kill("SIGKILL");
    const worker = new TestWorker(streamChannel({ readable: socket, writable: socket, ended: ended.promise, ref() {}, unref() {}, kill }));
    child.stdout?.on("data", (chunk) => (worker.stdout += String(chunk)));
    return worker;
  }

  constructor(channel: Channel) {
    this.channel = channel;
    const closed = deferred<ChannelEnd>();
    this.closed = closed.promise;
    channel.listen({ message: (message) => this.#take(message), closed: closed.resolve });
  }

  #take(message: WorkerMessage): void {
    this.messages.push(message);
    for (const waiting of this.#waiting.filter(({ fits }) => fits(message))) waiting.resolve(message);
  }

  send(message: HostMessage): void {
    this.channel.send(message);
  }

  init(changes: Partial<InitMessage>): void {
    const strata = snapshotValue([], "plan");
    this.send({
      type: "init",
      protocol: protocolVersion,
      session: "test",
      worker: "test/1",
      library: undefined,
      results: TestWorker.#results,
      strata: strata.body,
      setup: { root: undefined },
      definitions: [],
      concurrency: 1,
      cores: 1,
      loaders: [],
      cwd: undefined,
      heartbeat: 0,
      colors: 0,
      columns: undefined,
      outputLimit: 1_000_000,
      sideEffectImports: true,
      maxMemory: Infinity,
      ...changes,
    });
  }

  /** The first message that fits, be it past or future. */
  next<T extends WorkerMessage["type"]>(
    type: T,
    fits: (message: Extract<WorkerMessage, { type: T }>) => boolean = () => true,
  ): Promise<Extract<WorkerMessage, { type: T }>> {
    const test = (message: WorkerMessage): message is Extract<WorkerMessage, { type: T }> =>
      message.type === type && fits(message as Extract<WorkerMessage, { type: T }>);
    const found = this.messages.find(test);
    if (found !== undefined) return Promise.resolve(found);
    return new Promise((resolve) => {
      this.#waiting.push({ fits: test, resolve: (message) => test(message) && resolve(message) });
    });
  }

  /** Sends a task and gives its number. */
  submit(fn: (...args: never[]) => unknown, { args = [], ...options }: RunOptions = {}): number {
    const task = (this.#tasks += 1);
    const { payload } = snapshot(fn, args, { globals: true, maxGlobalsSize: 1e9, label: undefined });
    if (payload.needs.length > 0) this.send({ type: "define", definitions: payload.needs });
    this.send(plainTask({ task, body: payload.body, ...options }));
    return task;
  }

  async outcome(task: number): Promise<Finished> {
    const outcome = await this.next("outcome", (message) => message.task === task);
    return { ...outcome, value: await decodeAtHome(outcome.body, outcome.definitions) };
  }

  run(fn: (...args: never[]) => unknown, options?: RunOptions): Promise<Finished> {
    return this.outcome(this.submit(fn, options));
  }

  async stop(): Promise<void> {
    await this.channel.kill();
  }
}
