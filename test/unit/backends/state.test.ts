/** What workers are told of home before their futures: functions of `everywhere()`, and the environment. */

import { afterEach, expect, it, vi } from "vitest";
import { snapshotValue } from "../../../src/globals/snapshot.ts";
import { currentSession } from "../../../src/session/currentSession.ts";
import { memoryPool, type MemoryPool } from "./support/memoryPool.ts";
import type { MemoryWorker } from "./support/MemoryWorker.ts";

const { everywhere, environment } = currentSession();

function call(): void {
  const payload = snapshotValue(() => 1, "everywhere");
  everywhere.push({ payload, copy: () => undefined, version: environment.version });
}

const shared = (): Record<string, string | undefined> => ({ A: process.env["FUTUREPLAN_A"], FUTUREPLAN_A: process.env["FUTUREPLAN_A"] });

/** Without what the first message told, and the definitions. */
function received(worker: MemoryWorker): string[] {
  return worker.sent.flatMap((message) => {
    if (message.type === "environment") return message.variables.map(([name, value]) => `${name}=${value ?? ""}`);
    if (message.type === "task") return `task ${message.task}`;
    return message.type === "everywhere" ? "function" : [];
  });
}

async function started(pool: MemoryPool): Promise<MemoryWorker> {
  pool.pool.submit(pool.task());
  const worker = await pool.worker(0);
  worker.ready();
  await Promise.resolve();
  return worker;
}

afterEach(() => {
  everywhere.length = 0;
  vi.unstubAllEnvs();
});

it("functions come once, in their order, before the next future", async () => {
  call();
  const pool = memoryPool({ workers: 1 });
  const worker = await started(pool);
  worker.finish(1);
  call();
  call();
  pool.pool.submit(pool.task());
  worker.finish(2);
  pool.pool.submit(pool.task());
  expect(received(worker)).toEqual(["function", "task 1", "function", "function", "task 2", "task 3"]);
});

it("futures that were sent ahead and have not begun come back, and are sent again after it", async () => {
  const pool = memoryPool({ workers: 1 });
  pool.clock.step = 0.1;
  const worker = await started(pool);
  for (let id = 1; id <= 16; id += 1) {
    if (id > 1) pool.pool.submit(pool.task());
    worker.start(id);
    worker.finish(id);
  }
  for (let id = 17; id <= 20; id += 1) pool.pool.submit(pool.task());
  await Promise.resolve();
  expect(worker.inbox.slice(-4)).toEqual([17, 18, 19, 20]); // sent before it is free
  expect(worker.start(17)).toBe(true);
  call();
  pool.pool.takeBack?.();
  await Promise.resolve();
  worker.finish(17);
  const types = worker.types();
  expect(types.filter((type) => type === "everywhere").length).toBe(1);
  const after = worker.sent
    .slice(types.indexOf("everywhere") + 1)
    .flatMap((message) => (message.type === "batch" ? message.tasks : message.type === "task" ? message : []));
  expect(after.map(({ task }) => task)).toEqual([18, 19, 20]);
  for (const id of [18, 19, 20]) expect(worker.start(id)).toBe(false); // as they were sent at first
});

it("a worker that is told the environment gets what was written since it started, once", async () => {
  const pool = memoryPool({ workers: 1, environment: shared });
  vi.stubEnv("FUTUREPLAN_A", "before");
  const worker = await started(pool);
  worker.finish(1);
  vi.stubEnv("FUTUREPLAN_A", "after");
  pool.pool.submit(pool.task());
  worker.finish(2);
  pool.pool.submit(pool.task());
  worker.finish(3);
  vi.stubEnv("FUTUREPLAN_A", undefined);
  pool.pool.submit(pool.task());
  expect(received(worker)).toEqual(["task 1", "FUTUREPLAN_A=after", "task 2", "task 3", "FUTUREPLAN_A=", "task 4"]);
  worker.finish(4);
  await pool.pool.close("drain");
});

it("what home writes after a function holds against what that sets", async () => {
  const pool = memoryPool({ workers: 1, environment: shared });
  const worker = await started(pool);
  worker.finish(1);
  vi.stubEnv("FUTUREPLAN_A", "1");
  environment.compare(process.env);
  call();
  vi.stubEnv("FUTUREPLAN_A", "2");
  pool.pool.submit(pool.task());
  expect(received(worker)).toEqual(["task 1", "FUTUREPLAN_A=2", "function", "FUTUREPLAN_A=2", "task 2"]);
  worker.finish(2);
  await pool.pool.close("drain");
});

it("a worker without home's environment hears nothing of it", async () => {
  const pool = memoryPool({ workers: 1 });
  const worker = await started(pool);
  worker.finish(1);
  environment.note("FUTUREPLAN_A");
  pool.pool.submit(pool.task());
  expect(received(worker)).toEqual(["task 1", "task 2"]);
});
