/** The surroundings that threads and processes have in common. Making them puts all watches in place. */

import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import { hostname } from "node:os";
import { threadId } from "node:worker_threads";
import type { ResultEncoder } from "../../codec/encode/resultEncoder.ts";
import type { AsyncValue, TaskOutput, WorkerHost } from "../WorkerHost.ts";
import { interceptOutput } from "./interceptOutput.ts";
import { NodePutBack } from "./NodePutBack.ts";
import { chdir, exit, now, setRepeating } from "./originals.ts";
import { forcedLevel } from "../colorLevel.ts";
import { StreamedOutput } from "./StreamedOutput.ts";

const discarded: TaskOutput = { write() {}, print() {}, warn() {}, finish: () => [] };

/** What differs. */
interface Kind extends Pick<WorkerHost, "claim" | "memory"> {
  /** Resolves when home has taken what was sent and printed. */
  readonly taken: () => Promise<unknown>;
}

export function makeHost({ claim, memory, taken }: Kind): WorkerHost {
  const putBack = new NodePutBack(taken);
  putBack.install();
  const route = interceptOutput((make) => putBack.own(make));
  return {
    identity: { node: process.version, pid: process.pid, thread: threadId, host: hostname() },
    putBack,
    claim,
    memory,
    now,
    importModule: (url) => import(url),
    loadResults,
    changeDirectory: chdir,
    every: (milliseconds, callback) => void setRepeating(callback, milliseconds).unref(),
    asyncValue,
    routeOutput(router, settings) {
      putBack.showColors(settings.colors);
      route(router, settings);
    },
    openOutput: (mode, settings, live) =>
      mode === "discard" ? discarded : new StreamedOutput(settings, mode === "live" ? live : undefined, forcedColors),
    onAsyncError(listener) {
      process.on("uncaughtException", listener);
      process.on("unhandledRejection", listener);
    },
    exit,
  };
}

/** Home's, unless variables of this worker's own say otherwise. */
function forcedColors(): number {
  const forced = process.env["FORCE_COLOR"];
  return forced === undefined ? 0 : forcedLevel(forced);
}

/** Set where the program was sent as a text, with this part in it. */
const key = Symbol.for("futureplan/results");

function loadResults(file: string): ResultEncoder {
  const { [key]: sent } = globalThis as { [key]?: () => unknown }; // a symbol of our own
  const part = sent === undefined ? (createRequire(file)(file) as unknown) : sent();
  return (part as { resultEncoder: ResultEncoder }).resultEncoder; // built with it
}

function asyncValue<T>(): AsyncValue<T> {
  const storage = new AsyncLocalStorage<T>();
  return { run: (value, body) => storage.run(value, body), get: () => storage.getStore() };
}
