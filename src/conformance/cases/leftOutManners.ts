/** What else holds of errors of which a part cannot travel: what comes along, what stays one, what is refused as ever. */

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert, createServer, inspect } from "../host/builtins.ts";
import { at } from "./at.ts";
import { thrown } from "./thrown.ts";
import { future, futureMap, LeftOut, NotPortable, value } from "../../index.ts";

/** Tells of itself what cannot travel, beside what can. */
class Telling {
  readonly shared: object;
  constructor(shared: object) {
    this.shared = shared;
  }
  static [Symbol.for("futureplan.encode")]({ shared }: Telling): unknown {
    return { shared, list: [shared, new WeakRef({})] };
  }
  static [Symbol.for("futureplan.decode")]({ shared }: { readonly shared: object }): Telling {
    return new Telling(shared);
  }
}

export const leftOutManners: readonly Case[] = define("errors", [
  {
    title: "what a part that cannot travel has of plain data comes along, and inspect shows it",
    run: async () => {
      const error = await thrown(() =>
        value(
          future(() => {
            const answer = Object.assign(createServer(), { statusCode: 503, body: { why: "busy" }, inner: createServer(), _own: 1 });
            throw Object.assign(new Error("HTTP"), { answer });
          }),
        ),
      );
      assert.deepEqual([at(error, "answer", "statusCode"), at(error, "answer", "body")], [503, { why: "busy" }]);
      assert.deepEqual([at(error, "answer", "_own"), at(error, "answer", "listen")], [undefined, undefined]);
      assert.ok(at(error, "answer", "inner") instanceof LeftOut);
      assert.match(inspect(error), /answer: LeftOut \{\s+leftOut: 'a Server cannot leave/);
    },
  },
  {
    title: "an error with circles keeps them, and a part met twice is left out as one",
    run: async () => {
      const error = await thrown(() =>
        value(
          future(() => {
            const part = new WeakRef({});
            const one = Object.assign(new Error("one"), { part, self: {} });
            one.self = { error: one, part, list: [one, part] };
            throw one;
          }),
        ),
      );
      assert.equal(at(error, "self", "error"), error);
      assert.equal(at(error, "self", "list", 0), error);
      assert.ok(at(error, "part") instanceof LeftOut);
      assert.equal(at(error, "self", "part"), at(error, "part"));
      assert.equal(at(error, "self", "list", 1), at(error, "part"));
    },
  },
  {
    title: "what cannot travel takes nothing along that stands elsewhere, too",
    run: async () => {
      const error = await thrown(() =>
        value(
          future(() => {
            const hidden = new WeakRef({});
            const shared = { n: 1, list: Array.from({ length: 300 }, (_, i) => ({ i })), self: {} };
            shared.self = shared;
            throw Object.assign(new Error("busy"), {
              telling: new Telling(shared),
              bad: () => [shared.n, shared.list[7], hidden],
              rows: shared.list,
              good: () => shared.n + shared.list.length,
              shared,
              row: shared.list[7],
            });
          }),
        ),
      );
      const good = at(error, "good");
      assert.ok(at(error, "telling") instanceof LeftOut && at(error, "bad") instanceof LeftOut, inspect(error));
      assert.equal(typeof good === "function" && good(), 301);
      assert.equal(at(error, "shared", "self"), at(error, "shared"));
      assert.equal(at(error, "shared", "list"), at(error, "rows"));
      assert.equal(at(error, "row"), at(error, "rows", 7));
      assert.deepEqual([at(error, "row"), at(error, "rows", 299)], [{ i: 7 }, { i: 299 }]);
    },
  },
  {
    title: "an accessor that cannot travel is left out, and one that can is one",
    run: async () => {
      const error = await thrown(() =>
        value(
          future(() => {
            const hidden = new WeakRef({});
            const made = Object.defineProperty(new Error("busy"), "bad", {
              get: () => hidden.deref(),
              enumerable: true,
              configurable: true,
            });
            throw Object.defineProperty(made, "good", { get: () => 5, enumerable: true, configurable: true });
          }),
        ),
      );
      assert.ok(at(error, "bad") instanceof LeftOut);
      assert.equal(at(error, "good"), 5);
    },
  },
  {
    title: "an error that can travel has nothing left out, with functions of its own too",
    run: async () => {
      const error = await thrown(() =>
        value(
          future(
            (factor: number) => {
              throw Object.assign(new Error("whole"), { scale: (n: number) => n * factor, list: [1, { x: null, y: undefined }] });
            },
            [3],
          ),
        ),
      );
      const scale = at(error, "scale");
      assert.equal(typeof scale === "function" && scale(5), 15);
      assert.deepEqual(at(error, "list"), [1, { x: null, y: undefined }]);
    },
  },
  {
    title: "a value is refused as ever, also beside an error in the same chunk, and an error inside a value",
    run: async () => {
      const refused = (error: unknown): boolean =>
        error instanceof NotPortable && /value → (error|\[0\]) → part: a WeakRef/.test(error.message);
      await assert.rejects(value(future(() => ({ error: Object.assign(new Error("in a value"), { part: new WeakRef({}) }) }))), refused);
      const mixed = futureMap(
        [1, 2],
        (x) => {
          if (x === 2) throw Object.assign(new Error("busy"), { part: new WeakRef({}) });
          return { part: new WeakRef({}) };
        },
        { onError: "collect", chunkSize: 2 },
      );
      await assert.rejects(mixed, (error) => error instanceof AggregateError && error.errors.length === 1 && error.errors.every(refused));
    },
  },
  {
    title: "what was left out travels on",
    run: async () => {
      const error = await thrown(() =>
        value(
          future(async () => {
            const inner = future(() => {
              throw Object.assign(new Error("inner"), { part: new WeakRef({}), code: "E" });
            });
            await value(inner);
          }),
        ),
      );
      assert.ok(at(error, "part") instanceof LeftOut);
      assert.equal(at(error, "code"), "E");
      const again = await value(future((given: unknown) => [given, given instanceof LeftOut], [at(error, "part")]));
      assert.ok(again[0] instanceof LeftOut && again[1] === true);
    },
  },
]);
