/** Futures that throw, end their workers, or never end. */

import { currentFuture, future } from "futureplan";
import type { Kind } from "./Kind.ts";
import { noteStart } from "./starts.ts";
import { wait } from "./wait.ts";

const failing: readonly Kind[] = [
  {
    name: "throw",
    weight: 6,
    make: ({ book, key, options }) => {
      const run = (): never => {
        noteStart(book, key);
        throw new RangeError(`no ${key}`);
      };
      return { future: future(run, options), end: { type: "error", name: "RangeError", message: `no ${key}` } };
    },
  },
  {
    name: "reject",
    weight: 3,
    make: ({ book, key, options }) => {
      const run = async (): Promise<never> => {
        noteStart(book, key);
        await wait(1);
        throw new TypeError(`no ${key}`);
      };
      return { future: future(run, options), end: { type: "error", name: "TypeError", message: `no ${key}` } };
    },
  },
  {
    name: "stray error",
    weight: 1,
    needs: "isolated",
    make: ({ book, key, options }) => {
      const run = (): Promise<never> => {
        noteStart(book, key);
        setTimeout(() => {
          throw new RangeError(`stray ${key}`);
        }, 1);
        return new Promise(() => undefined);
      };
      return { future: future(run, options), end: { type: "error", name: "RangeError", message: `stray ${key}` } };
    },
  },
  {
    name: "left timer",
    weight: 1,
    needs: "isolated",
    make: ({ book, key, options }) => {
      const run = (): number => {
        noteStart(book, key);
        setInterval(() => undefined, 1000);
        return 1;
      };
      return { future: future(run, options), end: { type: "value", value: 1 } };
    },
  },
];

/** Ends its worker by `end`, as long as attempts are left for that. */
function deadly(name: string, weight: number, needs: "isolated" | "processes", end: () => void): Kind {
  return {
    name,
    weight,
    needs,
    make: ({ book, key, chance, options }) => {
      const times = chance.integer(1, 3);
      const run = async (): Promise<string> => {
        noteStart(book, key);
        if ((currentFuture()?.attempt ?? 0) <= times) {
          end();
          await new Promise(() => undefined);
        }
        return key;
      };
      return { future: future(run, options), end: { type: "dies", times, value: key } };
    },
  };
}

const dying: readonly Kind[] = [
  deadly("exit", 3, "isolated", () => process.exit(3)),
  deadly("late exit", 1, "isolated", () => setTimeout(() => process.exit(4), 2)),
  deadly("SIGKILL of its own", 2, "processes", () => process.kill(process.pid, "SIGKILL")),
  deadly("abort", 1, "processes", () => process.abort()),
  deadly("out of memory", 1, "isolated", () => {
    const kept: unknown[] = [];
    for (;;) kept.push(Array.from<number>({ length: 100_000 }).fill(kept.length));
  }),
];

const endless: readonly Kind[] = [
  {
    name: "endless loop",
    weight: 1,
    needs: "isolated",
    make: ({ book, key, options }) => {
      const run = (): never => {
        noteStart(book, key);
        for (;;);
      };
      return { future: future(run, { ...options, timeout: 50 }), end: { type: "timeout" } };
    },
  },
  {
    name: "endless wait",
    weight: 2,
    needs: "isolated",
    make: ({ book, key, options }) => {
      const run = (): Promise<never> => {
        noteStart(book, key);
        return new Promise(() => undefined);
      };
      return { future: future(run, { ...options, timeout: 30 }), end: { type: "timeout" } };
    },
  },
];

export const badKinds: readonly Kind[] = [...failing, ...dying, ...endless];
