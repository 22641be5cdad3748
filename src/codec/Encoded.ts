/**
 * The shapes in which values travel. Everything here is plain data that structured clone and
 * `v8.serialize` take as it is; only the codec and `globals/` look inside. The format stands in `README.md`.
 */

import type { Block } from "./Block.ts";

/** One encoded value: a cloneable tree plus what the tree cannot say (functions, classes, symbols, …). */
export interface Encoded {
  /** The value itself, with `undefined` wherever a special belongs; primitives stand for themselves. */
  readonly root: unknown;
  /** What needs more than structured clone, in the order of first sight. Absent: nothing does. */
  readonly specials?: readonly Special[];
  /** Triples `container, key, special index`: put the rebuilt special there. A missing container is the root. */
  readonly fixups?: readonly unknown[];
  /** Pairs `Map or Set, flat entries`, whose entries hold specials: filled last, in order. */
  readonly fills?: readonly unknown[];
  /** Indices of specials whose making runs code of the user's, or needs what does: built after all others, in this order. */
  readonly late?: readonly number[];
}

/** A special is a tagged tuple private to the codec. */
export type Special = readonly [tag: string, ...rest: readonly unknown[]];

/** A value inside a special's tuple: the index of another special, or `[value]`. */
export type Ref = number | readonly [unknown];

/** The text of one function or class with the names it takes from outside. Sent once per worker. */
export interface CodeUnit {
  readonly type: "unit";
  /** Unique within all sessions; one literal bound to the same names has one unit. */
  readonly id: string;
  /** A script whose value is a factory: `() => [make, bind]`. */
  readonly source: string;
  /** Where the text stands: file URL (or other script name) and zero-based offsets for `vm.Script`. */
  readonly url: string;
  readonly line: number;
  readonly column: number;
  /** Whether running it could leave traces on `globalThis` (mentions it, `eval`, undeclared assignment). */
  readonly touchesGlobals: boolean;
  /** Whether it contains `import()`. */
  readonly imports: boolean;
  /** Besides what it captured it uses only the language's own: it can leave values nowhere where they outlast its run. */
  readonly contained: boolean;
}

/** A function whose captures are all constant bindings of immutable values. Sent once per worker. */
export interface Constant {
  readonly type: "constant";
  /** Unique within all sessions. */
  readonly id: string;
  readonly encoded: Encoded;
}

/** The bytes of a block that tasks name by this id. Sent once per worker, and kept until home says that it is not wanted any more. */
export interface BlockBytes {
  readonly type: "block";
  /** The same for the same bytes. */
  readonly id: string;
  readonly bytes: Uint8Array;
}

export type Definition = CodeUnit | Constant | BlockBytes;

/** An encoded value with everything its receiver has to know beforehand, dependencies first. */
export interface Payload {
  readonly body: Encoded;
  readonly needs: readonly Definition[];
  /** Frozen memory that `body` refers to. */
  readonly blocks: readonly Block[];
  /** Approximate size of what it holds, in bytes; shared memory does not count. */
  readonly bytes: number;
  /** Path of something that only threads of this process can take (shared memory, a WebAssembly module); `undefined`: none. */
  readonly local: string | undefined;
}
