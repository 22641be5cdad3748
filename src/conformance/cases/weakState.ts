/** State that classes keep in WeakMaps and WeakSets: it travels with their instances, there and home. */

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { future, futureMap, value } from "../../index.ts";

const count = new WeakMap<object, number>();
const made = new WeakSet();

class Counter {
  constructor() {
    count.set(this, 0);
    made.add(this);
  }

  up(): number {
    const next = (count.get(this) ?? NaN) + 1;
    count.set(this, next);
    return made.has(this) ? next : NaN;
  }
}

const raised = (to: number): Counter => {
  const counter = new Counter();
  for (let at = 0; at < to; at += 1) counter.up();
  return counter;
};

export const weakState: readonly Case[] = define("weak state", [
  {
    title: "what a future does to an instance is not seen at home",
    run: async () => {
      const counter = raised(2);
      assert.equal(await value(future(() => counter.up())), 3);
      assert.equal(counter.up(), 3);
    },
  },
  {
    title: "an instance that was captured comes home with its state, as one of its class",
    run: async () => {
      const counter = raised(2);
      const back = await value(future((given: Counter) => (given.up(), [given, given] as const), [counter]));
      assert.ok(back[0] === back[1] && back[0] instanceof Counter && back[0] !== counter);
      assert.deepEqual([back[0].up(), counter.up()], [4, 3]);
    },
  },
  {
    title: "an instance that was made in a future works at home",
    run: async () => {
      const { list } = await value(future(() => ({ list: [raised(1), raised(5)] })));
      assert.deepEqual(
        list.map((each) => each.up()),
        [2, 6],
      );
    },
  },
  {
    title: "an error of a class with such state comes home with it",
    run: async () => {
      const codes = new WeakMap<object, number>();
      class Coded extends Error {
        constructor(code: number) {
          super("coded");
          codes.set(this, code);
        }
        get coded(): number | undefined {
          return codes.get(this);
        }
      }
      const failed = future(() => {
        throw new Coded(7);
      });
      await assert.rejects(value(failed), (error) => error instanceof Coded && error.coded === 7);
    },
  },
  {
    title: "the elements of a map keep theirs, in every chunk, there and home",
    run: async () => {
      for (const chunkSize of [1, 3]) {
        const counters = [0, 1, 2, 3, 4].map(raised);
        assert.deepEqual(await futureMap(counters, (counter) => counter.up(), { chunkSize }), [1, 2, 3, 4, 5]);
        const back = await futureMap(counters, (counter) => (counter.up(), counter), { chunkSize });
        assert.deepEqual(
          back.map((counter) => counter.up()),
          [2, 3, 4, 5, 6],
        );
      }
    },
  },
  {
    title: "notes about plain elements are found by the function of a map",
    run: async () => {
      const rows = Array.from({ length: 40 }, (_, id) => ({ id, even: id % 2 === 0 }));
      const notes = new WeakMap(rows.map((row) => [row, `row ${row.id}`]));
      assert.deepEqual(
        await futureMap(rows, (row) => notes.get(row)),
        rows.map((row) => `row ${row.id}`),
      );
    },
  },
  {
    title: "a WeakMap made in a future comes home with what it holds for what comes along",
    run: async () => {
      const { key, held } = await value(
        future(() => {
          const one = { n: 1 };
          return { key: one, held: new WeakMap([[one, "one"]]) };
        }),
      );
      assert.deepEqual([held.get(key), held.has({ n: 1 })], ["one", false]);
    },
  },
  {
    title: "a function made in a future keeps what its WeakMap holds",
    run: async () => {
      const { read, key } = await value(
        future(() => {
          const one = {};
          const held = new WeakMap([[one, 5]]);
          return { read: (o: object) => held.get(o), key: one };
        }),
      );
      assert.equal(read(key), 5);
    },
  },
]);
