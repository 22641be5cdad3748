/**
 * Isolation: whatever futures do with large arrays that they capture or are given, in threads that share memory and in processes that keep
 * what they were sent, each gives what it would give alone with a copy, and home's array stays as it is.
 */

import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { open as multicore } from "../src/backends/multicore.ts";
import { open as multisession } from "../src/backends/multisession.ts";
import { open as sequential } from "../src/backends/sequential.ts";
import type { Backend } from "../src/core/Backend.ts";
import { contextOf, run, type Ending } from "../test/unit/backends/support/realTask.ts";
import { reading, writing } from "./largeArrayUses.ts";
import "./seed.ts";

/** Large enough to be kept apart. */
const length = 9_000;
const make = (seed: number): Float64Array => Float64Array.from({ length }, (_, index) => (index * 31 + seed) % 1000);

const uses = [...Object.values(reading), ...Object.values(writing)];

interface Step {
  readonly use: number;
  /** Which of three arrays. */
  readonly array: number;
  readonly how: "captured" | "argument";
}

const steps = fc.array(fc.record({ use: fc.nat(uses.length - 1), array: fc.nat(2), how: fc.constantFrom("captured", "argument") }), {
  minLength: 1,
  maxLength: 12,
});

async function alone({ use, array }: Step): Promise<unknown> {
  return await uses[use]?.(make(array));
}

function submit(backend: Backend, { use, array, how }: Step, arrays: readonly Float64Array[]): Promise<Ending> {
  const fn = uses[use];
  const data = arrays[array];
  if (fn === undefined || data === undefined) throw new Error("there are as many");
  return how === "argument" ? run(backend, fn, { args: [data] }) : run(backend, () => fn(data));
}

const backends: Readonly<Record<string, Backend>> = {
  threads: multicore(contextOf("multicore", { workers: 2 })),
  processes: multisession(contextOf("multisession", { workers: 2 })),
  "this thread": sequential(contextOf("sequential")),
};

afterAll(async () => {
  await Promise.all(Object.values(backends).map((backend) => backend.close("now")));
});

describe.each(Object.entries(backends))("in %s", (_, backend) => {
  test("what futures do with large arrays is their own affair", { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const arrays = [0, 1, 2].map(make);
        const endings = await Promise.all(list.map((step) => submit(backend, step, arrays)));
        const expected = await Promise.all(list.map(alone));
        expect(endings.map((ending) => ("value" in ending ? ending.value : ending))).toEqual(expected);
        expect(arrays).toEqual([0, 1, 2].map(make));
      }),
      { numRuns: 40 },
    );
  });
});
