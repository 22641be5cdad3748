/** Frozen memory on its way to workers: sent once to each that cannot share it, handed over as it is to those that can. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import "../../../property-tests/seed.ts";
import { KeptBlocks } from "../../../src/backends/pool/KeptBlocks.ts";
import { loadContentHash } from "../../../src/backends/pool/contentHash.ts";
import type { Payload } from "../../../src/codec/Encoded.ts";
import { snapshot } from "../../../src/globals/snapshot.ts";
import { memoryPool, type MemoryPool } from "./support/memoryPool.ts";
import type { MemoryWorker } from "./support/MemoryWorker.ts";

function payloadOf(...arrays: Float64Array[]): Payload {
  return snapshot(() => undefined, arrays, { globals: false, maxGlobalsSize: Infinity, label: undefined }).payload;
}

function numbers(first: number): Float64Array {
  return new Float64Array(10_000).fill(first);
}

async function remote(workers: number): Promise<MemoryPool> {
  await loadContentHash();
  return memoryPool({ workers, capabilities: { sharedMemory: false } });
}

/** What a worker was sent, blocks and tasks by what they hold. */
function received(worker: MemoryWorker | undefined): string[] {
  return (worker?.sent ?? []).flatMap((message) => {
    if (message.type === "define")
      return message.definitions.flatMap((one) => (one.type === "block" ? `block ${numberIn(one.bytes)}` : []));
    return message.type === "task" ? `task ${message.task}` : [];
  });
}

function numberIn({ buffer }: Uint8Array): number | undefined {
  return new Float64Array(buffer)[0];
}

describe("a worker that cannot share memory", () => {
  it("gets a block with the first future that uses it, and its id with all", async () => {
    const { pool, task, worker } = await remote(1);
    const data = numbers(1);
    for (const one of [task({ payload: payloadOf(data) }), task({ payload: payloadOf(data, numbers(2)) })]) pool.submit(one);
    const first = await worker(0);
    first.ready();
    await Promise.resolve();
    first.finish(1);
    expect(received(first)).toEqual(["block 1", "task 1", "block 2", "task 2"]);
    const ids = first.messages.map(({ body }) => body.specials?.filter(([tag]) => tag === "view").map(([, , id]) => id));
    expect(ids[1]?.[0]).toBe(ids[0]?.[0]);
    expect(typeof ids[0]?.[0]).toBe("string");
  });

  it("gets it no second time when another array has the same contents", async () => {
    const { pool, task, worker } = await remote(1);
    pool.submit(task({ payload: payloadOf(numbers(3)) }));
    pool.submit(task({ payload: payloadOf(numbers(3)) }));
    const first = await worker(0);
    first.ready();
    await Promise.resolve();
    first.finish(1);
    expect(received(first)).toEqual(["block 3", "task 1", "task 2"]);
  });

  it("gets it when it takes the place of another, and each worker has its own", async () => {
    const { pool, task, worker } = await remote(2);
    const data = numbers(4);
    for (let count = 0; count < 2; count++) pool.submit(task({ payload: payloadOf(data) }));
    const [one, two] = [await worker(0), await worker(1)];
    for (const each of [one, two]) each.ready();
    await Promise.resolve();
    expect([received(one), received(two)]).toEqual([
      ["block 4", "task 1"],
      ["block 4", "task 2"],
    ]);
    one.die({ exitCode: 1 });
    const three = await worker(2);
    three.ready();
    await Promise.resolve();
    expect(received(three)).toEqual(["block 4", "task 1"]);
  });
});

it("a worker that can share memory gets the memory itself", async () => {
  const { pool, task, worker } = memoryPool({ workers: 1 });
  const payload = payloadOf(numbers(5));
  pool.submit(task({ payload }));
  const first = await worker(0);
  first.ready();
  expect(received(first)).toEqual(["task 1"]);
  const [, , memory] = first.messages[0]?.body.specials?.find(([tag]) => tag === "view") ?? [""];
  expect(memory).toBe(payload.blocks[0]?.memory);
});

describe("frozen memory", () => {
  it("is one for all futures that capture an array while it does not change", () => {
    const data = numbers(6);
    const [one, two] = [payloadOf(data), payloadOf(data)];
    data[9_999] = 0;
    const three = payloadOf(data);
    expect(two.blocks[0]?.memory).toBe(one.blocks[0]?.memory);
    expect(three.blocks[0]?.memory).not.toBe(one.blocks[0]?.memory);
    expect(new Float64Array(one.blocks[0]?.memory ?? new ArrayBuffer(0))[9_999]).toBe(6);
  });
});

describe("what a worker keeps", () => {
  const use = fc.record({ id: fc.nat(9), needed: fc.array(fc.nat(9), { maxLength: 3 }) });
  const sizeOf = (id: number): number => 10 + id * 7;

  it("is what home believes, within the limit unless futures need more, and the last used stays longest", () => {
    fc.assert(
      fc.property(fc.array(use, { maxLength: 80 }), fc.integer({ min: 0, max: 200 }), (uses, limit) => {
        const kept = new KeptBlocks(limit);
        let model: number[] = []; // ids, the last used at the end
        for (const { id, needed } of uses) {
          const had = kept.use(String(id));
          expect(had).toBe(model.includes(id));
          if (had) {
            model = [...model.filter((other) => other !== id), id];
            continue;
          }
          const needs = new Set(needed.map(String));
          const released = kept.isFull(sizeOf(id)) ? kept.release(sizeOf(id), needs).map(Number) : [];
          expect(released.filter((other) => needed.includes(other))).toEqual([]);
          expect(released).toEqual(model.filter((other) => !needed.includes(other)).slice(0, released.length));
          model = [...model.filter((other) => !released.includes(other)), id];
          kept.add(String(id), sizeOf(id));
          const bytes = model.reduce((sum, other) => sum + sizeOf(other), 0);
          const free = model.filter((other) => other !== id && !needed.includes(other));
          expect(bytes <= limit || free.length === 0).toBe(true);
        }
      }),
    );
  });
});
