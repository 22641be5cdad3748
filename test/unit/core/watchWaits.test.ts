/** After five seconds a future says what it waits for, and only then. */

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { cancel } from "../../../src/api/cancel.ts";
import { future } from "../../../src/api/future.ts";
import { cellOf } from "../../../src/core/cellOf.ts";
import type { Run } from "../../../src/core/Run.ts";
import { watchWaits } from "../../../src/core/watchWaits.ts";
import type { Waited } from "../../../src/codec/encode/PromiseParts.ts";
import { snapshot } from "../../../src/globals/snapshot.ts";
import { TestClock } from "../backends/support/TestClock.ts";
import { memoryPlanOfEachTest } from "./memoryBackend.ts";

memoryPlanOfEachTest();

const warnings = vi.spyOn(process, "emitWarning");

beforeEach(() => {
  warnings.mockReset();
});

afterEach(() => {
  expect(clock.armed).toBe(0);
});

const clock = new TestClock();
const never = new Promise(() => undefined);

/** What `fn` waits for. */
function waitsOf(fn: () => unknown): readonly Waited[] {
  return snapshot(fn, [], { globals: true, maxGlobalsSize: Infinity, label: undefined }).futures;
}

/** The run of a future on its way. */
function runOf(made: unknown): Run {
  return cellOf(made)?.run ?? expect.fail("it is not on its way");
}

function texts(): readonly string[] {
  return warnings.mock.calls.map(([text]) => String(text));
}

describe("watchWaits", () => {
  test("names the future and the paths of what has not come, once for each place", async () => {
    const [list, early, late] = [[never, Promise.resolve(1)], Promise.resolve(2), new Promise(() => undefined)];
    const waits = waitsOf(() => [list, early, late]);
    const settled = waits.map(({ value }) => Promise.resolve(value));
    const runs = [1, 2].map(() => runOf(future(() => late, { label: "slow" })));
    const ends = runs.map((run) => watchWaits(run, waits, settled, clock));
    await early;
    clock.advance(4999);
    expect(texts()).toEqual([]);
    clock.advance(1);
    expect(texts()).toEqual([
      'Future "slow" has not started: for more than five seconds it has waited for the promise list → [0], the promise late, which it captured. ' +
        "If it does not need that, read what it does need into a variable first, and use only the variable in the function.",
    ]);
    expect(warnings.mock.calls[0]?.[1]).toEqual({ type: "FutureWarning", code: "FUTURE_WAITING" });
    clock.advance(60_000);
    expect(texts()).toHaveLength(1);
    for (const end of ends) end();
  });

  test("lists three and counts the others", () => {
    const many = [1, 2, 3, 4, 5].map(() => new Promise(() => undefined));
    const waits = waitsOf(() => many);
    watchWaits(runOf(future(() => many)), waits, many, clock);
    clock.advance(5000);
    expect(texts()[0]).toMatch(/the promise many → \[0\], the promise many → \[1\], the promise many → \[2\], and 2 more, which/);
  });

  test("says nothing of what came in time", async () => {
    const done = Promise.resolve(1);
    const end = watchWaits(
      runOf(future(() => never)),
      waitsOf(() => done),
      [done],
      clock,
    );
    await done;
    clock.advance(5000);
    expect(texts()).toEqual([]);
    end();
  });

  test("says nothing once the wait is over", () => {
    watchWaits(
      runOf(future(() => never)),
      waitsOf(() => never),
      [never],
      clock,
    )();
    expect(clock.armed).toBe(0);
  });

  test("says nothing of a future that was canceled", () => {
    const f = future(() => never);
    const run = runOf(f);
    watchWaits(
      run,
      waitsOf(() => never),
      [never],
      clock,
    );
    cancel(f);
    clock.advance(5000);
    expect(texts()).toEqual([]);
  });

  test("says nothing of futures that were captured by themselves or in lists, but of those that are part of something", () => {
    const [one, two] = [future(() => 1), future(() => 2)];
    const list = [one];
    const direct = waitsOf(() => [one, list]);
    const ends = watchWaits(
      runOf(future(() => never)),
      direct,
      direct.map(() => never),
      clock,
    );
    expect(clock.armed).toBe(0);
    ends();
    const server = { jobs: [two] };
    watchWaits(
      runOf(future(() => never)),
      waitsOf(() => server),
      [never],
      clock,
    );
    clock.advance(5000);
    expect(texts()).toHaveLength(1);
    expect(texts()[0]).toMatch(/waited for the future server → jobs → \[0\], which/);
  });
});
