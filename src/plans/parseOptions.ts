/** Options of plans: what users may write, the rules, and the defaults. Parsing what was parsed changes nothing. */

import { PlanInvalid } from "../errors/errors.ts";
import { optionText } from "../errors/words.ts";
import { OptionReader, type Rule } from "./OptionReader.ts";
import type { PlanOptions, RngMisuseMode } from "./PlanSpec.ts";
import { backendEntry } from "./registry.ts";
import {
  aBoolean,
  aFunction,
  aRecord,
  aString,
  duration,
  environment,
  limit,
  positiveInteger,
  positiveNumber,
  rngMisuseRule,
} from "./rules.ts";

/** What every parallel plan takes; each option has a default. */
export interface PlanOptionsInput {
  /** Number of workers. Default: `FUTURE_WORKERS`, else `availableCores()`, at the time of first use. */
  readonly workers?: number | undefined;
  /** Futures that one worker has at once; more than 1 is for tasks that mostly wait. Default 1. */
  readonly concurrency?: number | undefined;
  /** Environment variables on top of this process's. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Working directory of the workers. */
  readonly cwd?: string | undefined;
  /** A function run once in each new worker. */
  readonly setup?: (() => unknown) | undefined;
  /**
   * Whether a worker imports, once and before the future, packages that the modules of its functions import for their effects only
   * (`import "reflect-metadata"`). One that fails there only warns. Default `true`.
   */
  readonly sideEffectImports?: boolean | undefined;
  /** Threads that native code in a worker may use (`OMP_NUM_THREADS` and its like). Default 1. */
  readonly threadsPerWorker?: number | undefined;
  /** Bytes of memory over which a worker is replaced between futures. Default: no limit. */
  readonly maxMemory?: number | undefined;
  /** Futures after which a worker is replaced. Default: no limit. */
  readonly maxFutures?: number | undefined;
  /** Milliseconds without work after which a worker is ended. Default: no limit. */
  readonly idleTimeout?: number | undefined;
  /** Milliseconds between the abort of a future's `signal` and the end of its worker. Default 100. */
  readonly grace?: number | undefined;
  /** Allow more workers than cores. Default `false`. */
  readonly oversubscribe?: boolean | undefined;
  /** Milliseconds between heartbeats; three missing ones end the worker. `0`: none. Default 15,000. */
  readonly heartbeat?: number | undefined;
  /** Milliseconds a worker may take to start. Default 60,000. */
  readonly connectTimeout?: number | undefined;
  /** Bytes of output kept per future. Default 16 MiB. */
  readonly maxOutput?: number | undefined;
  /**
   * When a future without a seed draws random numbers by `Math.random`, packages included: nothing, one warning, or it fails with `RngMisuse`.
   * Default: `FUTURE_RNG_MISUSE`, else `"warn"` once a seed has been used in this process, for draws of your own code only.
   */
  readonly rngMisuse?: RngMisuseMode | undefined;
}

const setupRule: Rule<() => unknown> = { ...aFunction, expected: "a function without parameters" };

const defaults: Omit<PlanOptions, "extra"> = {
  workers: undefined,
  concurrency: 1,
  env: {},
  cwd: undefined,
  setup: undefined,
  sideEffectImports: true,
  threadsPerWorker: 1,
  maxMemory: Infinity,
  maxFutures: Infinity,
  idleTimeout: Infinity,
  grace: 100,
  oversubscribe: false,
  heartbeat: 15_000,
  connectTimeout: 60_000,
  maxOutput: 16 * 1024 * 1024,
  rngMisuse: undefined,
};

/** Checks the options of one stratum. Throws `PlanInvalid` naming the option, what was expected, and what came. */
export function parseOptions(backend: string, input: unknown): PlanOptions {
  const { capabilities, expand, readExtra } = backendEntry(backend);
  const where = `${backend}()`;
  const flat = flatten(input);
  const read = new OptionReader(expand !== undefined && aRecord.accepts(flat) ? expand(flat) : flat, where, refuse);
  const known = readKnown(read);
  if (!capabilities.parallel) refuseWorkerOptions(where, known);
  const extra = Object.freeze(readExtra?.(read) ?? {});
  read.done();
  return Object.freeze({ ...known, extra });
}

/** Users write a backend's own options beside the others; once parsed they lie under `extra`. */
function flatten(input: unknown): unknown {
  if (!aRecord.accepts(input) || !aRecord.accepts(input["extra"])) return input;
  const { extra, ...rest } = input;
  return { ...extra, ...rest };
}

function readKnown(read: OptionReader): Omit<PlanOptions, "extra"> {
  return {
    workers: read.read("workers", positiveInteger, defaults.workers),
    concurrency: read.read("concurrency", positiveInteger, defaults.concurrency),
    env: Object.freeze({ ...read.read("env", environment, defaults.env) }),
    cwd: read.read("cwd", aString, defaults.cwd),
    setup: read.read("setup", setupRule, defaults.setup),
    sideEffectImports: read.read("sideEffectImports", aBoolean, defaults.sideEffectImports),
    threadsPerWorker: read.read("threadsPerWorker", positiveInteger, defaults.threadsPerWorker),
    maxMemory: read.read("maxMemory", positiveNumber, defaults.maxMemory),
    maxFutures: read.read("maxFutures", limit, defaults.maxFutures),
    idleTimeout: read.read("idleTimeout", positiveNumber, defaults.idleTimeout),
    grace: read.read("grace", duration, defaults.grace),
    oversubscribe: read.read("oversubscribe", aBoolean, defaults.oversubscribe),
    heartbeat: read.read("heartbeat", duration, defaults.heartbeat),
    connectTimeout: read.read("connectTimeout", positiveNumber, defaults.connectTimeout),
    maxOutput: read.read("maxOutput", positiveNumber, defaults.maxOutput),
    rngMisuse: read.read("rngMisuse", rngMisuseRule, defaults.rngMisuse),
  };
}

/** A plan that runs in this thread has no workers to set up; only what becomes of output and random numbers means something. */
function refuseWorkerOptions(where: string, known: Omit<PlanOptions, "extra">): void {
  for (const [name, value] of Object.entries(known)) {
    const standard: unknown = Reflect.get(defaults, name);
    const isDefault = value === standard || (aRecord.accepts(value) && Object.keys(value).length === 0);
    if (name !== "maxOutput" && name !== "rngMisuse" && !isDefault)
      throw refuse(optionText(where, name, "left out, since this plan has no workers", value));
  }
}

function refuse(message: string): PlanInvalid {
  return new PlanInvalid(message);
}
