/**
 * Damage to the structure of a message: one place anywhere in it becomes something else. Places are chosen by numbers, so that fast-check
 * can shrink them; what is put there are the things that have gone wrong in other people's decoders.
 */

import * as fc from "fast-check";

export interface Change {
  /** Chooses a way down: at each level one of the entries, modulo their number. */
  readonly way: readonly number[];
  /** Which of `poisons`, or "delete". */
  readonly poison: number;
  /** What is put there gets this name beside the entry that was chosen; `undefined`: it takes the place of that entry. */
  readonly name: string | undefined;
}

function nested(depth: number): unknown {
  let made: unknown = [];
  for (let level = 0; level < depth; level += 1) made = level % 2 === 0 ? [made] : { a: made };
  return made;
}

function longList(): unknown[] {
  const list: unknown[] = [1];
  list.length = 0xffff_ffff;
  return list;
}

const polluted: unknown = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"prototype":{"polluted":1}}');

/** Made anew each time, since the decoder may keep them. */
export const poisons: readonly (() => unknown)[] = [
  () => undefined,
  () => null,
  () => -1,
  () => Number.NaN,
  () => 0xffff_ffff,
  () => 2 ** 53,
  () => 0,
  () => 1,
  () => "",
  () => "__proto__",
  () => "constructor",
  () => "outcome",
  () => "x".repeat(1 << 20),
  () => [],
  () => [[]],
  () => ({}),
  () => polluted,
  () => longList(),
  () => nested(2000),
  () => new Map([[{}, 1]]),
  () => new Date(Number.NaN),
  () => new ArrayBuffer(8),
  () => new Uint8Array(4),
  () => 10n,
  () => true,
  () => ["intrinsic", ["Object", "prototype"]],
  () => ["intrinsic", ["Array", "prototype", "push"]],
  () => ["with", 0, "usual", ["polluted", 7, 1, undefined], "open"],
  () => ["error", 0, "stack", "usual", ["polluted", 7, 1, undefined], "frozen"],
  () => ["boxed", 0],
  () => ["prototype", 0],
  () => ["rows", [], [], 0xffff_ffff],
  () => ["rows", ["__proto__"], [[[1]]], 1],
  () => ["array", 0xffff_ffff, "usual", longList(), "open"],
  () => ["new", "Function", "globalThis.polluted = 1"],
  () => ["view", "Function", new ArrayBuffer(8), 1, 0],
  () => ["numbers", "Array", new ArrayBuffer(8), 1, 0],
  () => ["arguments", longList()],
  () => ["collection", "Map", longList(), "usual", [], "open"],
  () => ["bound", 0, [1], longList()],
  () => ["instance", 0, {}],
  () => ["home", "nobody"],
  () => ["constant", "nobody"],
  () => ["function", "nobody", []],
  () => ["import", 5, 6, 7],
  () => ["library", "nobody"],
  () => ["require", 5],
  () => ["symbol", "known", "iterator"],
];

const anyWay = fc.array(fc.nat(50), { minLength: 1, maxLength: 6 });
/** Which of an outcome's entries is its body, where there is most to damage. */
const bodyOfOutcome = 3;
const names = ["specials", "fixups", "fills", "late", "chunk", "then", "toJSON", "toString", "__proto__", "constructor", "length"];

export const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.record({
    way: fc.oneof(
      anyWay,
      anyWay.map((way) => [bodyOfOutcome, ...way]),
    ),
    poison: fc.nat(poisons.length),
    name: fc.option(fc.constantFrom(...names), { nil: undefined, freq: 4 }),
  }),
  { minLength: 1, maxLength: 3 },
);

/** A message with these changes; the original stays as it is. */
export function reshape(message: object, given: readonly Change[]): object {
  const copy = structuredClone(message);
  for (const one of given) change(copy, one);
  return copy;
}

function change(start: object, { way, poison, name }: Change): void {
  let [holder, key]: [object, PropertyKey] = [start, "type"];
  let at: unknown = start;
  for (const step of way) {
    if (typeof at !== "object" || at === null || ArrayBuffer.isView(at)) break;
    const keys = Reflect.ownKeys(at).filter((own) => own !== "length");
    const next = keys[step % Math.max(1, keys.length)];
    if (next === undefined) break;
    [holder, key] = [at, next];
    at = Reflect.get(at, next);
  }
  if (name !== undefined && !(name === "length" && Array.isArray(holder))) key = name;
  const make = poisons[poison];
  if (make === undefined) Reflect.deleteProperty(holder, key);
  else Object.defineProperty(holder, key, { value: make(), writable: true, enumerable: true, configurable: true });
}
