/** What an encoder has to be told. */

import type { Special } from "../Encoded.ts";
import type { WeakContainer } from "./encodeWeak.ts";
import type { Encoder } from "./Encoder.ts";
import type { Path } from "./Path.ts";
import type { Settlement } from "./PromiseParts.ts";
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
  /** What a promise has come to, where they may be sent; `undefined`: it is pending. */
  settlementOf?(promise: object, path: Path): Settlement | undefined;
  /** A function or class that is no intrinsic. Must call `encoder.special` and return its index. */
  encodeFunction(encoder: Encoder, fn: Function, path: Path, holder: object | undefined): number;
  /** Gives what forgets the functions that are met from now on. */
  mark?(): () => void;
  /** What a function captured besides the variables that it names: its `this`. */
  noteVariable?(path: Path, value: unknown): void;
  /** Completes what was put off in functions met so far, because it is dear to ask one by one. */
  settle?(encoder: Encoder): void;
  /** Something that the receiver can import or already has; `undefined`: travels by value. Never asked about proxies. */
  reference(value: object): Special | undefined;
  /** A local symbol that the receiver can import or has already; `undefined`: it gets one of the same name. */
  symbol(symbol: symbol): Special | undefined;
  /** Whether the receiver can have this class; else its instances are refused, and its errors arrive as those of the class above. */
  knowsClass(constructor: Function): boolean;
  /** Whether taking this class along, which the receiver can have, refuses nothing. */
  takesClass(constructor: Function): boolean;
  /** How the receiver gets a prototype that names no class, or the function whose `prototype` it is; `undefined`: it travels by value. */
  prototype(prototype: object): Special | Function | undefined;
  /** Looks at the symbols on an instance: a package may keep there what only its own code finds. Refuses. */
  checkSymbols(encoder: Encoder, value: object, symbols: readonly symbol[], path: Path): void;
  /** What to send in place of a proxy, if anything. */
  unwrapProxy(value: object, path: Path): object | undefined;
  /** The `#private` state of an object, class by class from the first parent on; `undefined`: none of its classes gives any. */
  privates(encoder: Encoder, value: object, path: Path): readonly PrivatePart[] | undefined;
  /** How a class that was encoded gets to the receiver: `undefined`, as one that cannot give private state there. */
  carried(constructor: Function): "value" | "reference" | undefined;
  /** In a worker: the WeakMaps and WeakSets that came from home, which may have got entries for what goes there. */
  readonly weak?: readonly WeakContainer[];
}
