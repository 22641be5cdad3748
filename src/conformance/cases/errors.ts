/** Errors: the user's arrive as they were. */

import type { Case, Definition } from "../Case.ts";
import { define } from "../define.ts";
import { assert, inspect, readFileSync } from "../host/builtins.ts";
import { thrown } from "./thrown.ts";
import { future, outcome, value } from "../../index.ts";

const lazy = [false, true] as const;

class AppError extends Error {
  readonly code: number;
  readonly #secret = "kept";
  override readonly name = "AppError";
  constructor(message: string, code: number, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
  describe(): string {
    return `${this.name} ${this.code}: ${this.message}`;
  }
  static isSecret(error: AppError): boolean {
    return #secret in error && error.#secret === "kept";
  }
}

class PlainAppError extends TypeError {
  detail = { list: [1, 2] };
  describe(): string {
    return `plain ${this.message}`;
  }
}

/** Each throws; the future must throw the same. */
const throwers: Readonly<Record<string, () => unknown>> = {
  "an Error": () => {
    throw new Error("plain");
  },
  "every class of the language": () => {
    throw new AggregateError(
      [new EvalError("a"), new RangeError("b"), new ReferenceError("c"), new SyntaxError("d"), new TypeError("e"), new URIError("f")],
      "all",
    );
  },
  "an error that the engine throws": () => {
    const nothing = JSON.parse("{}");
    return nothing.x.y;
  },
  "a stack overflow": () => {
    const deeper = (n: number): number => deeper(n + 1) + 1;
    return deeper(0);
  },
  "an error of JSON.parse": () => JSON.parse("{broken"),
  "a system error": () => readFileSync("/nowhere/at/all"),
  "an AssertionError": () => assert.equal(1, 2),
  "a DOMException": () => structuredClone(() => 1),
  "an aborted signal's reason": () => AbortSignal.abort().throwIfAborted(),
  "a cause, and its cause": () => {
    throw new Error("outer", { cause: new TypeError("middle", { cause: { code: 5, at: new Date(0) } }) });
  },
  "errors within an AggregateError, with causes and properties": () => {
    throw new AggregateError([Object.assign(new Error("one"), { index: 1 }), "two", new Error("three", { cause: "because" })], "several", {
      cause: new Error("why"),
    });
  },
  "properties of its own": () => {
    throw Object.assign(new RangeError("with"), {
      code: "E_CODE",
      [Symbol.for("s")]: 1,
      nested: { map: new Map([["k", [1, -0]]]) },
      name: "Renamed",
    });
  },
  "a class of the user's": () => {
    throw new PlainAppError("own class");
  },
  "an error frozen before it was thrown": () => {
    throw Object.freeze(new Error("frozen"));
  },
  "an empty message": () => {
    throw new Error();
  },
  "an async rejection": async () => {
    await Promise.resolve();
    throw new PlainAppError("async");
  },
  "a rejected promise": () => Promise.reject(new TypeError("rejected")),
};

/** All of an error but its stack, ready for comparison. */
function anatomy(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const names = Reflect.ownKeys(error).filter((key) => key !== "stack" && key !== "generatedMessage");
  const own = names.map((key) => {
    const found: unknown = Reflect.get(error, key);
    return [key, Array.isArray(found) ? found.map(anatomy) : anatomy(found), Object.prototype.propertyIsEnumerable.call(error, key)];
  });
  return [Object.getPrototypeOf(error), error.name, error.message, own.toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1))];
}

const kinds: readonly Definition[] = Object.entries(throwers).map(([title, thrower]) => ({
  title: `${title} arrives as it was`,
  run: async (): Promise<void> => {
    const expected = await thrown(thrower);
    const actual = await thrown(() => value(future(thrower)));
    assert.deepEqual(anatomy(actual), anatomy(expected));
    assert.ok(actual instanceof Error && typeof actual.stack === "string");
  },
}));

const oddities: readonly unknown[] = [
  undefined,
  null,
  0,
  -0,
  "",
  "text",
  5n,
  Symbol.for("thrown"),
  { code: 1, list: [1] },
  [1, 2],
  new Date(0),
  false,
];

export const errorKinds: readonly Case[] = define("errors", [
  ...kinds,
  {
    title: "what is no error may be thrown too",
    args: { lazy },
    run: async (ctx) => {
      for (const odd of oddities) {
        const f = future(
          (x: unknown) => {
            throw x;
          },
          [odd],
          { lazy: ctx.lazy },
        );
        assert.deepEqual(await thrown(() => value(f)), odd);
        assert.equal((await outcome(f)).status, "failed");
      }
    },
  },
  {
    title: "asking again throws the same error",
    run: async () => {
      const f = future(() => {
        throw new Error("same");
      });
      assert.equal(await thrown(() => value(f)), await thrown(() => f));
    },
  },
  {
    title: "an error with methods keeps its class",
    run: async () => {
      const error = await thrown(() =>
        value(
          future(() => {
            throw new PlainAppError("m");
          }),
        ),
      );
      assert.ok(error instanceof PlainAppError && error instanceof TypeError);
      assert.deepEqual([error.describe(), error.detail], ["plain m", { list: [1, 2] }]);
    },
  },
  {
    title: "an error with private fields arrives, with name, message and properties at least",
    run: async () => {
      const error = await thrown(() =>
        value(
          future(() => {
            throw new AppError("private", 7);
          }),
        ),
      );
      assert.ok(error instanceof Error);
      assert.deepEqual([error.name, error.message, Reflect.get(error, "code")], ["AppError", "private", 7]);
      if (error instanceof AppError) assert.ok(AppError.isSecret(error) || error.describe() !== "");
    },
  },
  {
    title: "an error of a class that only the future knows keeps name, message and properties",
    run: async () => {
      const error = await thrown(() =>
        value(
          future(() => {
            class Inner extends Error {
              override name = "Inner";
              code = 3;
            }
            throw new Inner("there");
          }),
        ),
      );
      assert.ok(error instanceof Error);
      assert.deepEqual([error.name, error.message, Reflect.get(error, "code")], ["Inner", "there", 3]);
    },
  },
  {
    title: "an error that holds something which cannot travel still tells what happened",
    run: async () => {
      const error = await thrown(() =>
        value(
          future(() => {
            throw Object.assign(new Error("with a weak reference"), { cache: new WeakRef({}) });
          }),
        ),
      );
      assert.match(inspect(error), /with a weak reference/);
      assert.equal(await value(future(() => 1)), 1);
    },
  },
  {
    title: "an error made at home and thrown there keeps its stack of home",
    run: async () => {
      const error = new Error("made at home");
      const stack = error.stack ?? "";
      const got = await thrown(() =>
        value(
          future(() => {
            throw error;
          }),
        ),
      );
      assert.ok(got instanceof Error && got.stack?.startsWith(stack) === true);
    },
  },
]);
