/** Workers on other machines: places that fail rest, others are tried, and all come back. */

import { expect, test, vi } from "vitest";
import { LaunchError } from "../../../src/errors/errors.ts";
import { Seats } from "../../../src/backends/pool/Seats.ts";
import { memoryPool } from "./support/memoryPool.ts";
import { TestClock } from "./support/TestClock.ts";

const failure = (text: string) => ({
  message: `Worker could not be started: ${text}`,
  cause: new LaunchError(text),
  verdict: "giveUp" as const,
});

function seats(minWorkers = 1): { seats: Seats; clock: TestClock; awake: ReturnType<typeof vi.fn> } {
  const clock = new TestClock();
  const awake = vi.fn();
  const definition = { name: "far", capabilities: { remote: true }, minWorkers };
  const settings = { definition, clock, options: {} } as unknown as ConstructorParameters<typeof Seats>[0];
  return { seats: new Seats(settings, 3, awake), clock, awake };
}

test("a place that failed rests for a second, then for two, up to a minute, and not at all after a success", () => {
  const warnings = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
  const { seats: all, clock, awake } = seats();
  for (const rest of [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]) {
    expect(all.fail(1, failure("no"), 2)).toBeUndefined();
    expect(all.limit).toBe(2);
    expect(all.take([]).number).toBe(2);
    awake.mockClear();
    clock.advance(rest - 1);
    expect(awake).not.toHaveBeenCalled();
    clock.advance(1);
    expect(awake).toHaveBeenCalledOnce();
    expect(all.take([]).number).toBe(1);
  }
  all.works(1);
  all.fail(1, failure("no"), 2);
  clock.advance(1000);
  expect(all.limit).toBe(3);
  expect(warnings).toHaveBeenCalledOnce();
  warnings.mockRestore();
});

test("when all have failed, each reason is told once, and all may be tried again", () => {
  const warnings = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
  const { seats: all } = seats();
  all.fail(1, failure("Host a is down"), 0);
  all.fail(2, failure("Host a is down"), 0);
  expect(all.fail(3, failure("Host b is down"), 0)?.message).toBe(
    "Worker could not be started: Host a is down\nWorker could not be started: Host b is down",
  );
  expect(all.limit).toBe(3);
  warnings.mockRestore();
});

test("fewer than minWorkers are as good as none", () => {
  expect(seats(3).seats.fail(2, failure("Host a is down"), 2)?.message).toContain("Host a is down");
});

test("a future whose worker was lost with its connection counts as begun, another goes back to the queue", async () => {
  const { pool, task, worker, logged } = memoryPool({ capabilities: { remote: true }, marked: false, concurrency: 2, workers: 1 });
  pool.submit(task());
  const first = await worker(0);
  first.ready();
  first.die({ cause: new Error("the connection was lost"), cut: true });
  await logged("1 lost true the connection was lost");
  pool.submit(task());
  const second = await worker(1);
  second.ready();
  second.die({ exitCode: 1 });
  const third = await worker(2);
  third.ready();
  await vi.waitFor(() => expect(third.tasks).toEqual([2]));
});
