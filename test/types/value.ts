/** What `value()` makes of containers. Compiled by tsc, never run. */

import { expectTypeOf } from "vitest";
import { value, type Future } from "../../src/index.ts";

declare const n: Future<number>;
declare const s: Future<string>;

class Box {
  readonly #secret = 1;
  read(): number {
    return this.#secret;
  }
}

interface Named {
  readonly first: Future<number>;
  readonly plain: Date;
}

expectTypeOf(value(n)).toEqualTypeOf<Promise<number>>();
expectTypeOf(value(3)).toEqualTypeOf<Promise<number>>();
expectTypeOf(value([n, s] as const)).toEqualTypeOf<Promise<[number, string]>>();
expectTypeOf(value([n, n])).toEqualTypeOf<Promise<number[]>>();
expectTypeOf(value({ a: n, b: { c: s, d: 1 } })).toEqualTypeOf<Promise<{ a: number; b: { c: string; d: number } }>>();
expectTypeOf(value(new Map([["k", n]]))).toEqualTypeOf<Promise<Map<string, number>>>();
expectTypeOf(value(new Set([s]))).toEqualTypeOf<Promise<Set<string>>>();
expectTypeOf(value(Promise.resolve(s))).toEqualTypeOf<Promise<string>>();

declare const generator: Generator<Future<number>, void>;
expectTypeOf(value(generator)).toEqualTypeOf<Promise<number[]>>();

// What is no container stays as it is.
expectTypeOf(value(new Float64Array(1))).resolves.toExtend<Float64Array>();
expectTypeOf(value(new Date())).toEqualTypeOf<Promise<Date>>();
expectTypeOf(value(new Box())).toEqualTypeOf<Promise<Box>>();
expectTypeOf(value({ box: new Box(), f: n })).toEqualTypeOf<Promise<{ box: Box; f: number }>>();
expectTypeOf(value([] as Named[]))
  .resolves.items.toHaveProperty("first")
  .toEqualTypeOf<number>();

// Folding.
expectTypeOf(value([n, n], { reduce: (a, b) => a + b })).toEqualTypeOf<Promise<number>>();
expectTypeOf(value([n, n], { reduce: (a: string, b) => a + b.toFixed(), initial: "" })).toEqualTypeOf<Promise<string>>();
expectTypeOf(value({ a: n }, { reduce: (a, b) => a + b, initial: 0, inOrder: false })).toEqualTypeOf<Promise<number>>();

// @ts-expect-error no such option
void value(n, { dropp: true });
// @ts-expect-error the values are numbers
void value([n], { reduce: (a: number, b: string) => a + b.length });
