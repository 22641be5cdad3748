/** What an encoder has to be told. */

import type { Special } from "../Encoded.ts";
import type { Encoder } from "./Encoder.ts";
import type { Path } from "./Path.ts";
import type { Freezer } from "./ViewPacker.ts";

/** The private state that one class gives. */
export interface PrivatePart {
  readonly owner: Function;
  /** The class has no parent. */
  readonly isBase: boolean;
  /** Names and values of its fields. */
  readonly names: readonly string[];
  readonly values: readonly unknown[];
}

/** What differs between home (captures closures) and worker (knows what came from home). */
export interface EncoderHooks {
  /** How buffers are copied now, so that later writes are not seen; `undefined`: there are none. */
  readonly freezer: Freezer | undefined;
  /** Whether futures and promises met are waited for before this is sent; else they are refused. */
  readonly waits: boolean;
  /** A function or class that is no intrinsic. Must call `encoder.special` and return its index. */
  encodeFunction(encoder: Encoder, fn: Function, path: Path, holder: object | undefined): number;
  /** Something that the receiver can import or already has; `undefined`: travels by value. Never asked about proxies. */
  reference(value: object): Special | undefined;
  /** Whether the receiver can have this class; else its instances arrive as plain objects, its errors as `Error`. */
  knowsClass(constructor: Function, path: Path): boolean;
  /** What to send in place of a proxy, if anything. */
  unwrapProxy(value: object): object | undefined;
  /** The `#private` state of an object, class by class from the first parent on; `undefined`: none of its classes gives any. */
  privates(encoder: Encoder, value: object, path: Path): readonly PrivatePart[] | undefined;
  /** How a class that was encoded gets to the receiver: `undefined`, as one that cannot give private state there. */
  carried(constructor: Function): "value" | "reference" | undefined;
}
