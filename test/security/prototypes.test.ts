/** Keys such as `__proto__` and `constructor` are data: they travel as own properties, both ways, and reach no prototype. */

import { future, futureMap, multicore, multisession, plan, sequential, shutdown, value } from "futureplan";
import { deserialize, serialize } from "node:v8";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Encoded, Special } from "../../src/codec/Encoded.ts";
import { decodeAtHome } from "../../src/globals/snapshot.ts";

const keys = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "then",
  "length",
  "name",
  "stack",
  "__defineGetter__",
];

class Point {
  readonly x: number = 1;
}

/** An object of which each key is an own ordinary property; `JSON.parse` defines. */
function own(keys: readonly string[], content: unknown): object {
  const entries = keys.map((key) => `${JSON.stringify(key)}:${JSON.stringify(content)}`);
  return JSON.parse(`{${entries.join()}}`) as object;
}

function define<T extends object>(target: T, keys: readonly string[], content: unknown): T {
  for (const key of keys) Object.defineProperty(target, key, { value: content, writable: true, enumerable: true, configurable: true });
  return target;
}

/** Fresh ones, by what they are. Errors have a stack of their own. */
function specimens(): Readonly<Record<string, object>> {
  const polluting = { polluted: "yes" };
  const cyclic: object = own(keys, polluting);
  define(cyclic, ["__proto__"], cyclic);
  return {
    object: own(keys, polluting),
    "object of texts": own(keys, "polluted"),
    cyclic,
    nested: JSON.parse('{"constructor":{"prototype":{"polluted":"yes"}},"__proto__":{"__proto__":{"polluted":"yes"}}}') as object,
    frozen: Object.freeze(own(keys, polluting)),
    "object without a prototype": define(Object.create(null) as object, keys, polluting),
    instance: define(new Point(), keys, polluting),
    array: define(
      [1, 2],
      keys.filter((key) => key !== "length"),
      polluting,
    ),
    error: define(
      new TypeError("mine"),
      keys.filter((key) => key !== "stack"),
      polluting,
    ),
    map: new Map<unknown, unknown>([...keys.map((key) => [key, polluting]), [own(keys, 1), own(keys, 2)]] as [unknown, unknown][]),
    set: new Set<unknown>([...keys, own(keys, polluting)]),
    table: Array.from({ length: 40 }, (_, at) => own(keys, { at })),
    "table of numbers": Array.from({ length: 40 }, (_, at) => own(["a", "__proto__"], at)),
    "table of two columns": Array.from({ length: 40 }, (_, at) => own(["constructor", "then"], at)),
    symbols: { [Symbol.toStringTag]: "polluted", [Symbol.for("polluted")]: 1 },
  };
}

type Facts = readonly unknown[];

/** Kind, prototype and own properties, all the way down; nothing of it is looked up through a prototype. */
function factsOf(given: unknown, seen: Map<unknown, number> = new Map()): unknown {
  if (typeof given !== "object" || given === null) return given;
  const known = seen.get(given);
  if (known !== undefined) return `again ${known}`;
  seen.set(given, seen.size);
  const prototype: unknown = Object.getPrototypeOf(given);
  const usual = [Object.prototype, Array.prototype, Map.prototype, Set.prototype, TypeError.prototype, Point.prototype].indexOf(
    prototype as object,
  );
  const contents = given instanceof Map || given instanceof Set ? [...given].map((item) => factsOf(item, seen)) : [];
  const properties = Reflect.ownKeys(given)
    .filter((key) => key !== "stack" || !(given instanceof Error))
    .map((key): Facts => {
      const { value: content, ...attributes } = Object.getOwnPropertyDescriptor(given, key) ?? {};
      return [key, attributes, factsOf(content, seen)];
    });
  return [prototype === null ? "null" : usual, contents, properties, Object.isFrozen(given)];
}

const untouched = (): Facts =>
  [Object.prototype, Array.prototype, Function.prototype, Map.prototype, Error.prototype, Object]
    .map((one) => Reflect.ownKeys(one).length)
    .concat("polluted" in {} ? 1 : 0);
const before = untouched();
afterEach(() => expect(untouched()).toEqual(before));

describe.each([
  ["sequential", sequential()],
  ["multicore", multicore({ workers: 1 })],
  ["multisession", multisession({ workers: 1 })],
])("under %s", (_, spec) => {
  beforeAll(() => void plan(spec));
  afterAll(() => shutdown());

  test.each(Object.keys(specimens()))("%s travels there and back, as capture, argument and element", async (name) => {
    const specimen = specimens()[name];
    const expected = factsOf(specimen);
    expect(factsOf(await value(future(() => specimen)))).toEqual(expected);
    expect(factsOf((await value(future((given) => [given], [specimen])))[0])).toEqual(expected);
    expect(factsOf((await futureMap([specimen], (each) => ({ each })))[0]?.each)).toEqual(expected);
  });

  test.each(Object.keys(specimens()))("%s is there what it is here, and leaves the worker's prototypes alone", async (name) => {
    const expected = [factsOf(specimens()[name]), before];
    const look = async (): Promise<unknown> =>
      value(future((given, facts, touched) => [facts(given), touched()], [specimens()[name], factsOf, untouched]));
    expect(await look()).toEqual(expected);
  });

  test("an error thrown there keeps such properties of its own", async () => {
    const error: unknown = await value(
      future(
        (given, set) => {
          throw set(new TypeError("mine"), given, { polluted: "yes" });
        },
        [keys.filter((key) => key !== "stack"), define],
      ),
    ).catch((thrown: unknown) => thrown);
    expect(factsOf(error)).toEqual(factsOf(specimens()["error"]));
  });

  test("a container of futures keeps them, at every depth", async () => {
    const f = (): unknown => future(() => ({ polluted: "yes" }));
    const container = define({} as object, ["__proto__", "constructor", "toString"], undefined);
    for (const key of Object.keys(container)) define(container, [key], [f(), define({} as object, ["__proto__"], f())]);
    const filled = { polluted: "yes" };
    const expected = define({} as object, Object.keys(container), undefined);
    for (const key of Object.keys(expected)) define(expected, [key], [{ ...filled }, define({} as object, ["__proto__"], { ...filled })]);
    expect(factsOf(await value(container))).toEqual(factsOf(expected));
  });
});

/** As the bytes of a worker that somebody else wrote become values here. */
function received(body: Encoded): unknown {
  return decodeAtHome(deserialize(serialize(body)) as Encoded, []);
}

const evil = JSON.parse('{"__proto__":{"polluted":"yes"}}') as object;
const rooted = (...specials: readonly Special[]): Encoded => ({ root: undefined, specials, fixups: [undefined, "root", 0] });

describe("a message made by hand", () => {
  test.each<readonly [string, Encoded]>([
    ["a plain copy", rooted(["plain", evil])],
    ["properties with attributes", rooted(["object", "usual", ["__proto__", 7, { polluted: "yes" }, undefined], "open"])],
  ])("defines __proto__ as data: %s", (_, body) => {
    const made = received(body) as object;
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
    expect(Object.getOwnPropertyDescriptor(made, "__proto__")?.value).toEqual({ polluted: "yes" });
  });

  test("defines __proto__ as data where a special is put in its place later", () => {
    const target = {};
    const made = received({ root: target, specials: [["plain", { polluted: "yes" }]], fixups: [target, "__proto__", 0] }) as object;
    expect([Object.getPrototypeOf(made), Object.keys(made)]).toEqual([Object.prototype, ["__proto__"]]);
  });

  test("defines __proto__ as data beside the items of an arguments object", () => {
    const items = define([1], ["__proto__"], { polluted: "yes" });
    const made = received(rooted(["arguments", items])) as object;
    expect([Object.getPrototypeOf(made), Reflect.get(made, "polluted"), Reflect.get(made, 0)]).toEqual([Object.prototype, undefined, 1]);
  });

  test("is refused where a table has a column __proto__, which no table of ours has", () => {
    expect(() => received(rooted(["rows", ["a", "__proto__"], [[[1]], [[{ polluted: "yes" }]]], 1]))).toThrow(/column __proto__/);
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])("is refused where its special is called %s", (tag) => {
    expect(() => received(rooted([tag, {}]))).toThrow(`unknown special ${tag}`);
  });
});
