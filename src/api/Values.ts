/** Types: what becomes of a container when its futures are replaced by their values. */

import type { Future } from "../core/Future.ts";

type Primitive = string | number | bigint | boolean | symbol | null | undefined;

/** What `value()` passes as it is. */
type Opaque = Primitive | Function | ArrayBufferView | ArrayBufferLike | Date | RegExp | Error;

/**
 * The same shape with values: a future's or promise's value, and so on in tuples, arrays, `Map`, `Set`, iterables (which
 * become arrays) and plain objects; everything else is its own value.
 */
export type Values<T> =
  T extends PromiseLike<unknown>
    ? Awaited<T>
    : T extends Opaque
      ? T
      : T extends ReadonlyMap<infer K, infer V>
        ? Map<K, Values<V>>
        : T extends ReadonlySet<infer V>
          ? Set<Values<V>>
          : T extends readonly unknown[]
            ? { -readonly [Index in keyof T]: Values<T[Index]> }
            : T extends Iterable<infer V>
              ? Values<V>[]
              : T extends object
                ? ObjectValues<T>
                : T;

/** Instances of classes look to the type system like objects; without a future in sight they are left alone. */
type ObjectValues<T extends object> =
  T extends Readonly<Record<string, unknown>>
    ? { [Key in keyof T]: Values<T[Key]> }
    : Extract<T[keyof T], PromiseLike<unknown>> extends never
      ? T
      : { [Key in keyof T]: Values<T[Key]> };

/** The values of a container's elements, one by one. */
export type ElementOf<T> =
  T extends Future<infer V>
    ? V
    : T extends ReadonlyMap<unknown, infer V>
      ? Values<V>
      : T extends Iterable<infer V>
        ? Values<V>
        : T extends object
          ? Values<T[keyof T]>
          : T;
