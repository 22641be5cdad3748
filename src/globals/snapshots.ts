/** What captures give. Apart from how it is made, so that the published types need no parser's. */

import type { Payload } from "../codec/Encoded.ts";
import type { Waited } from "../codec/encode/PromiseParts.ts";
import type { CallPosition } from "../platform/callPosition.ts";

/** Where a package is configured that a captured function uses. */
export interface ConfiguredPackage {
  readonly package: string;
  /** The name that both use. */
  readonly binding: string;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** A class of the user's that a package keeps something about. */
export interface RegisteredClass {
  readonly package: string;
  readonly className: string;
  readonly file: string;
}

/** What packages know here, and in no worker. */
export type PackageState = ConfiguredPackage | RegisteredClass;

export interface Snapshot {
  readonly _tag: "captured";
  readonly payload: Payload;
  /** Futures and promises met in captures and arguments, in the order of `TaskMessage.dependencies`. */
  readonly futures: readonly Waited[];
  /** Packages whose configuration the functions rely on. */
  readonly configured: readonly PackageState[];
}

/** The functions of a map, frozen; each chunk's payload is made from them and its elements. */
export interface MapSnapshot {
  /** As of a `Snapshot`. */
  readonly configured: readonly PackageState[];
  /**
   * `elements` is an array, or a typed array that nobody writes to any more; `index` gives their indices in the map, for
   * errors. The root is `[fn, elements, reducer]`. Throws `NotPortable`.
   */
  chunk(elements: Elements, index: (position: number) => number): ChunkSnapshot;
  /** Variables that its function writes, while code after the call reads them. `call` is asked only where it writes any. */
  lostWrites(call: () => CallPosition | undefined): readonly LostWrite[];
}

export interface LostWrite {
  readonly name: string;
  /** URL, line and column. */
  readonly place: string;
}

export interface ChunkSnapshot extends Snapshot {
  /** Its functions, those among the elements included, write variables that they captured. */
  readonly writes: boolean;
}

export type Elements = readonly unknown[] | ArrayBufferView;
