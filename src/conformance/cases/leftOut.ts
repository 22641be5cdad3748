/** Errors of which a part cannot travel: every kind of such a part, in every place where it can stand. All the rest of the error arrives. */

import type { Case, Definition } from "../Case.ts";
import { define } from "../define.ts";
import { assert, createServer, inspect } from "../host/builtins.ts";
import { at } from "./at.ts";
import { thrown } from "./thrown.ts";
import { future, futureMap, LeftOut, value } from "../../index.ts";

function made(): number {
  return 2;
}

class Guarded {
  readonly open = 1;
  readonly #secret = made(); // whose code does not run at home again
  sum(): number {
    return this.open + this.#secret;
  }
}

/** Each makes what cannot travel, of which the error must speak. */
const kinds: readonly (readonly [words: RegExp, make: () => unknown])[] = [
  [/a WeakRef/, () => new WeakRef({})],
  [/a Proxy/, () => new Proxy({ x: 1 }, {})],
  [/a Proxy/, (): unknown => Object.create(new Proxy({}, {}))],
  [/a promise/, () => Promise.resolve(1)],
  [/an iterator/, () => [1, 2].values()],
  [
    /a Timeout/,
    () => {
      const timer = setTimeout(() => undefined, 0);
      clearTimeout(timer);
      return timer;
    },
  ],
  [/an AbortSignal/, () => AbortSignal.abort()],
  [/a Server/, () => createServer()],
  [/an instance of Guarded cannot come home/, (): unknown => new Guarded()],
  [/native function/, () => new Intl.NumberFormat("en").format],
  [
    /hidden: a WeakRef/,
    () => {
      const hidden = new WeakRef({});
      return () => hidden.deref();
    },
  ],
];

interface Place {
  /** An error with `part` in it, beside other things. */
  readonly put: (part: unknown) => Error;
  readonly find: (error: unknown) => unknown;
  /** What else must be there. */
  readonly beside: (error: unknown) => readonly unknown[];
}

const places: Readonly<Record<string, Place>> = {
  "as a property": {
    put: (part) => Object.assign(new RangeError("busy"), { part, code: "E" }),
    find: (error) => at(error, "part"),
    beside: (error) => [at(error, "code")],
  },
  "as a hidden property": {
    put: (part) => Object.defineProperty(Object.assign(new RangeError("busy"), { status: 503 }), "part", { value: part }),
    find: (error) => at(error, "part"),
    beside: (error) => [at(error, "status"), Object.keys(Object(error)).includes("part")],
  },
  "deep in a property": {
    put: (part) => Object.assign(new RangeError("busy"), { at: { list: [{ part, n: 1 }, 2], day: new Date(5) } }),
    find: (error) => at(error, "at", "list", 0, "part"),
    beside: (error) => [at(error, "at", "list", 0, "n"), at(error, "at", "list", 1), at(error, "at", "day")],
  },
  "in a Map": {
    put: (part) =>
      Object.assign(new RangeError("busy"), {
        at: new Map<string, unknown>([
          ["x", part],
          ["y", 1],
        ]),
      }),
    find: (error) => at(error, "at", "x"),
    beside: (error) => [at(error, "at", "y")],
  },
  "in a Set": {
    put: (part) => Object.assign(new RangeError("busy"), { at: new Set([part, 5]) }),
    find: (error) => at(error, "at", 0),
    beside: (error) => [at(error, "at", 1)],
  },
  "as its cause": {
    put: (part) => Object.assign(new RangeError("busy", { cause: part }), { status: 503 }),
    find: (error) => at(error, "cause"),
    beside: (error) => [at(error, "status")],
  },
  "in the cause of its cause": {
    put: (part) => {
      const inner = Object.assign(new TypeError("inner"), { part, code: "E_INNER" });
      return new RangeError("busy", { cause: new Error("middle", { cause: inner }) });
    },
    find: (error) => at(error, "cause", "cause", "part"),
    beside: (error) => [
      at(error, "cause", "message"),
      at(error, "cause", "cause", "code"),
      at(error, "cause", "cause") instanceof TypeError,
    ],
  },
  "among the errors of an AggregateError": {
    put: (part) => new AggregateError([Object.assign(new TypeError("one"), { part, code: "E_ONE" }), part, 3], "busy"),
    find: (error) => (at(error, "errors", 0, "part") === at(error, "errors", 1) ? at(error, "errors", 1) : "not the same twice"),
    beside: (error) => [
      at(error, "errors", "length"),
      at(error, "errors", 0, "code"),
      at(error, "errors", 0, "message"),
      at(error, "errors", 2),
    ],
  },
  "in a frozen error": {
    put: (part) => Object.freeze(Object.assign(new RangeError("busy"), { part, code: "E" })),
    find: (error) => at(error, "part"),
    beside: (error) => [at(error, "code"), Object.isFrozen(error)],
  },
  "in what is no error": {
    put: (part) => Object.assign(Object.create(null), { message: "busy", part, code: "E" }),
    find: (error) => at(error, "part"),
    beside: (error) => [at(error, "code")],
  },
};

/** The error that came for `part` at that place. */
function check(came: unknown, { put, find, beside }: Place, words: RegExp): void {
  const expected = put("part");
  const part = find(came);
  assert.ok(part instanceof LeftOut, inspect(came));
  assert.match(part.leftOut, words);
  assert.equal(at(came, "message"), "busy");
  assert.equal(Object.prototype.toString.call(came), Object.prototype.toString.call(expected));
  assert.deepEqual(beside(came), beside(expected));
}

const eachPlace: readonly Definition[] = Object.entries(places).map(([where, place]) => ({
  title: `a part of an error that cannot travel is left out alone: ${where}`,
  run: async (): Promise<void> => {
    const { put } = place;
    for (const [words, make] of kinds) {
      const single = future(() => {
        throw put(make());
      });
      check(await thrown(() => value(single)), place, words);
    }
    const [words, make] = kinds[0] ?? assert.fail();
    const collected = await thrown(() =>
      futureMap(
        [1, 2, 3],
        (x) => {
          if (x > 1) throw put(make());
          return { x };
        },
        { onError: "collect" },
      ),
    );
    assert.ok(collected instanceof AggregateError && collected.errors.length === 2, inspect(collected));
    assert.deepEqual(at(collected, "values", 0), { x: 1 });
    // What cannot be given its index stands there as the cause of an error.
    for (const error of collected.errors) check(at(error, "message") === "busy" ? error : at(error, "cause"), place, words);
  },
}));

export const leftOut: readonly Case[] = define("errors", eachPlace);
