/** What `future()` infers, and what it refuses. Compiled by tsc, never run. */

import { expectTypeOf } from "vitest";
import {
  asCompleted,
  currentFuture,
  future,
  futureMap,
  outcome,
  workerLocal,
  type Future,
  type FutureContext,
  type Outcome,
  type WorkerLocal,
} from "../../src/index.ts";
import { LecuyerCMRG, MT19937, PCG64, setSeed } from "../../src/random.ts";

expectTypeOf(future(() => 1)).toEqualTypeOf<Future<number>>();
expectTypeOf(future(async () => "a")).toEqualTypeOf<Future<string>>();
expectTypeOf(future(() => future(() => 1))).toEqualTypeOf<Future<number>>();
expectTypeOf(future(() => undefined, { label: "x", lazy: true })).toEqualTypeOf<Future<undefined>>();
expectTypeOf<Awaited<Future<number>>>().toEqualTypeOf<number>();

const add = (a: number, b: string): boolean => a > b.length;
expectTypeOf(future(add, [1, "b"])).toEqualTypeOf<Future<boolean>>();
expectTypeOf(future(add, [future(() => 1), "b"], { retries: 1 })).toEqualTypeOf<Future<boolean>>();
expectTypeOf(future((...xs: number[]) => xs.length, [1, 2, 3])).toEqualTypeOf<Future<number>>();

// Parameters without a type get it from the arguments.
declare const n: Future<number>;
expectTypeOf(future((x, y) => x + y, [n, 1])).toEqualTypeOf<Future<number>>();

// @ts-expect-error an argument of another type
future(add, ["1", "b"]);
// @ts-expect-error an argument is missing
future(add, [1]);
// @ts-expect-error a future of another type
future(add, [future(() => "no"), "b"]);
// @ts-expect-error parameters need arguments
future(add);
// @ts-expect-error no such option
future(() => 1, { labl: "x" });
future(() => 1, { seed: [new LecuyerCMRG(1)] });
void futureMap([1, 2, 3], (x) => x, { seed: [new PCG64(1), new MT19937(1).state, [1, 2, 3, 4, 5, 6]] });
expectTypeOf(setSeed(42)).toEqualTypeOf<void>();
// @ts-expect-error no stream
future(() => 1, { seed: [{ seed: 1 }] });
// @ts-expect-error a number
setSeed("42");
// @ts-expect-error no such output mode
future(() => 1, { output: "print" });
// @ts-expect-error not a function
future(1);

// A future's type parameter is what it gives.
expectTypeOf<Future<number>>().not.toEqualTypeOf<Future<string>>();
// @ts-expect-error another value
export const wrong: Future<string> = future(() => 1);

expectTypeOf(outcome(future(() => 1))).toEqualTypeOf<Promise<Outcome<number>>>();
declare const o: Outcome<number>;
if (o.status === "finished") expectTypeOf(o.value).toEqualTypeOf<number>();
else expectTypeOf(o.error).toEqualTypeOf<unknown>();

expectTypeOf(currentFuture()).toEqualTypeOf<FutureContext | undefined>();
expectTypeOf(workerLocal(() => new Map<string, number>())).toEqualTypeOf<WorkerLocal<Map<string, number>>>();
expectTypeOf(workerLocal(() => 1).get()).toEqualTypeOf<number>();

for await (const f of asCompleted([future(() => 1), future(() => 2)])) expectTypeOf(f).toEqualTypeOf<Future<number>>();
for await (const f of asCompleted({ a: future(() => "a") })) expectTypeOf(f).toEqualTypeOf<Future<string>>();
