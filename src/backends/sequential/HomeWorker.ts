/**
 * The worker's own machinery at work in this thread: what it runs was encoded and is decoded here, as anywhere else,
 * so that captures are frozen and what cannot travel is refused.
 */

import { AsyncLocalStorage } from "node:async_hooks";
import { runInThisContext } from "node:vm";
import type { Definition } from "../../codec/Encoded.ts";
import { resultEncoder } from "../../codec/encode/resultEncoder.ts";
import { Linker } from "../../codec/Linker.ts";
import { systemClock } from "../../platform/clock.ts";
import { feedMathRandom } from "../../random/feedMathRandom.ts";
import type { InitMessage, TaskMessage, WorkerMessage } from "../../protocol/messages.ts";
import { currentSession } from "../../session/currentSession.ts";
import { StreamedOutput } from "../../worker/host/StreamedOutput.ts";
import { Runner } from "../../worker/Runner.ts";
import type { AsyncValue, TaskOutput, WorkerHost } from "../../worker/WorkerHost.ts";
import { beginTurn, endTurn, enterStage, leaveStage } from "./stage.ts";

export class HomeWorker {
  readonly #linker = new Linker({ results: () => resultEncoder, importLibrary: () => Promise.resolve(currentSession().library ?? {}) });
  readonly #known = new Set<string>();
  readonly #runner: Runner;
  readonly #hear: (message: WorkerMessage) => void;
  /** Runs what is not the future's own: what home prints on its behalf must not be captured again. */
  #outside: (body: () => void) => void = (body) => body();
  /** Switches off what tells apart the futures that run at the same time: it makes every await slower. */
  #disableContext: () => void = () => undefined;
  #running = 0;

  constructor(init: InitMessage, hear: (message: WorkerMessage) => void) {
    this.#hear = hear;
    // In `vm` contexts (jest) what was decoded runs in the main one.
    feedMathRandom(runInThisContext("globalThis"));
    const channel = {
      send: (message: WorkerMessage, transfer: readonly ArrayBuffer[]) => this.#answer(message, transfer),
      listen() {},
      flush() {},
    };
    this.#runner = new Runner({
      channel,
      host: this.#host(),
      linker: this.#linker,
      worker: init.worker,
      settings: init,
      concurrency: Infinity,
      maxMemory: Infinity,
      everywhere: () => Promise.resolve(), // it has run here already
      idle: () => undefined,
    });
    this.#runner.open();
    enterStage(this.#runner);
  }

  /** Runs it up to its first `await`. Throws when it cannot be cloned. */
  run(message: TaskMessage, needs: readonly Definition[]): void {
    const copy = structuredClone(message);
    const definitions = needs.filter(({ id }) => !this.#known.has(id));
    // Decoding writes into what it decodes, and other plans send the same definitions.
    this.#linker.define(structuredClone(definitions));
    for (const { id } of definitions) this.#known.add(id);
    this.#running++;
    beginTurn();
    this.#runner.add(copy);
  }

  cancel(task: number, reason: string): void {
    this.#runner.cancel(task, reason);
  }

  close(): void {
    leaveStage(this.#runner);
  }

  /** From the runner: a copy, as from any other worker. Throws when it cannot be cloned. */
  #answer(message: WorkerMessage, transfer: readonly ArrayBuffer[]): void {
    const copy = structuredClone(message, { transfer: [...transfer] });
    if (message.type === "outcome") endTurn();
    this.#outside(() => this.#hear(copy));
    if (message.type !== "outcome") return;
    this.#running--;
    if (this.#running === 0) this.#disableContext();
  }

  /** This thread is not the runner's own: it is neither put back nor watched nor ended. */
  #host(): WorkerHost {
    return {
      identity: { node: process.version, pid: process.pid, thread: 0, host: "" },
      putBack: {
        begin() {},
        accept() {},
        setVariables() {},
        watchGlobals() {},
        keep: (body) => body(),
        end: () => ({ left: [], spent: false }),
      },
      claim: () => true,
      now: systemClock.now,
      memory: () => 0,
      importModule: (url) => import(url),
      loadResults: () => resultEncoder,
      changeDirectory() {},
      every() {},
      asyncValue: () => this.#context(),
      routeOutput() {},
      openOutput: (mode, settings, live) =>
        mode === "discard" ? discarded : new StreamedOutput(settings, mode === "live" ? live : undefined),
      onAsyncError() {},
      exit() {},
    };
  }

  #context<T>(): AsyncValue<T> {
    const storage = new AsyncLocalStorage<T | undefined>();
    this.#disableContext = () => storage.disable();
    this.#outside = (body) => storage.run(undefined, body);
    return { run: (value, body) => storage.run(value, body), get: () => storage.getStore() };
  }
}

const discarded: TaskOutput = { write() {}, print() {}, warn() {}, finish: () => [] };
