/** Futures that give a value. What a function uses it captures, as any user's would; it notes its start before all else. */

import { future, share, value, type Future } from "futureplan";
import type { Kind } from "./Kind.ts";
import { noteStart } from "./starts.ts";
import { wait } from "./wait.ts";

const square = (book: string, key: string, n: number): number => {
  noteStart(book, key);
  return n * n;
};

class Tally {
  readonly counts = new Map<string, number>();
  add(word: string): this {
    this.counts.set(word, (this.counts.get(word) ?? 0) + 1);
    return this;
  }
}

const small = Float64Array.from({ length: 12_000 }, (_, index) => index);
const shared = share(Float64Array.from({ length: 200_000 }, (_, index) => index % 7));
const total = (array: Float64Array): number => {
  let sum = 0;
  for (let index = 0; index < array.length; index++) sum += array[index] ?? 0;
  return sum;
};
const smallTotal = total(small);
const sharedTotal = total(shared);

export const goodKinds: readonly Kind[] = [
  {
    name: "square",
    weight: 30,
    make: ({ book, key, chance, options }) => {
      const n = chance.integer(0, 1000);
      return { future: future(square, [book, key, n], options), end: { type: "value", value: n * n } };
    },
  },
  {
    name: "closure",
    weight: 10,
    make: ({ book, key, chance, options }) => {
      const table = { rows: [chance.integer(0, 9), 2, 3], words: new Set(["a", key]) };
      const run = (): unknown => {
        noteStart(book, key);
        return { ...table, words: [...table.words] };
      };
      return { future: future(run, options), end: { type: "value", value: { rows: table.rows, words: ["a", key] } } };
    },
  },
  {
    name: "sleep",
    weight: 12,
    make: ({ book, key, chance, options }) => {
      const milliseconds = chance.integer(0, 15);
      const run = async (): Promise<string> => {
        noteStart(book, key);
        await wait(milliseconds);
        return key;
      };
      return { future: future(run, options), end: { type: "value", value: key } };
    },
  },
  {
    name: "busy",
    weight: 8,
    make: ({ book, key, chance, options }) => {
      const milliseconds = chance.integer(1, 8);
      const run = (): number => {
        noteStart(book, key);
        const end = performance.now() + milliseconds;
        while (performance.now() < end);
        return milliseconds;
      };
      return { future: future(run, options), end: { type: "value", value: milliseconds } };
    },
  },
  {
    name: "array",
    weight: 6,
    make: ({ book, key, options }) => {
      const run = (): number => {
        noteStart(book, key);
        return total(small) + total(shared);
      };
      return { future: future(run, options), end: { type: "value", value: smallTotal + sharedTotal } };
    },
  },
  {
    name: "instance",
    weight: 5,
    make: ({ book, key, options }) => {
      const run = (): Tally => {
        noteStart(book, key);
        return new Tally().add(key).add(key);
      };
      return { future: future(run, options), end: { type: "value", value: new Tally().add(key).add(key) } };
    },
  },
  {
    name: "buffer",
    weight: 4,
    make: ({ book, key, chance, options }) => {
      const n = chance.integer(1, 30_000);
      const run = (): Float64Array => {
        noteStart(book, key);
        return new Float64Array(n).fill(n);
      };
      return { future: future(run, options), end: { type: "value", value: new Float64Array(n).fill(n) } };
    },
  },
  {
    name: "print",
    weight: 10,
    make: ({ book, key, options }) => {
      const run = async (): Promise<number> => {
        noteStart(book, key);
        console.log(`${key} one`);
        await wait(1);
        process.stdout.write(`${key} two\n`);
        return 2;
      };
      return { future: future(run, options), end: { type: "value", value: 2, prints: `${key} one\n${key} two\n` } };
    },
  },
  {
    name: "nested",
    weight: 4,
    make: ({ book, key, chance, options }) => {
      const n = chance.integer(0, 100);
      const run = async (): Promise<number> => {
        noteStart(book, key);
        return (await value([1, 2].map((x) => future(() => x * n)))).reduce((sum, x) => sum + x, 0);
      };
      return { future: future(run, options), end: { type: "value", value: 3 * n } };
    },
  },
  {
    name: "dependent",
    weight: 4,
    make: ({ book, key, chance, options }) => {
      const n = chance.integer(0, 100);
      const on: Future<unknown> = future(() => wait(n % 5).then(() => n), { retries: 20 });
      const add = (sum: unknown): number => {
        noteStart(book, key);
        return Number(sum) + 1;
      };
      return { future: future(add, [on], options), end: { type: "dependent", on, value: n + 1 } };
    },
  },
];
