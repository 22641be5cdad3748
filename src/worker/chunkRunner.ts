/**
 * Where the worker's part for maps (`maps/`) says how chunks are run. It is a file of its own, so that the program which
 * every worker starts with stays small; home names it among the modules that a chunk needs.
 */

import type { Encoded } from "../codec/Encoded.ts";
import type { Result } from "../codec/Linker.ts";
import type { MapChunk, OutputEntry } from "../protocol/messages.ts";
import type { RunningTask } from "./RunningTask.ts";

export interface ChunkInit {
  readonly map: MapChunk;
  readonly task: RunningTask;
  readonly body: Encoded;
  /** Milliseconds. */
  readonly now: () => number;
  /** Rebuilds the body, again if asked again. */
  readonly decode: () => unknown;
}

/** What a chunk gives in which elements threw. */
export interface ChunkParts {
  readonly values: readonly unknown[];
  readonly errors: readonly unknown[];
}

export interface ChunkEnd {
  readonly status: "value" | "error";
  readonly value: unknown;
  /** Travels in place of the value. */
  readonly parts: ChunkParts | undefined;
  /** The value as it travels, where the codec has nothing to do. */
  readonly encoded: Result | undefined;
  /** Positions of the elements that threw. */
  readonly failed: readonly number[];
  readonly output: readonly OutputEntry[];
  /** Pairs of position and number of entries in `output`. */
  readonly written: readonly number[];
}

export type ChunkRunner = (init: ChunkInit) => ChunkEnd | Promise<ChunkEnd>;

const key = Symbol.for("futureplan/chunks");
const holder: { [key]?: ChunkRunner } & object = globalThis;

/** Called by the part when it is loaded. */
export function setChunkRunner(run: ChunkRunner): void {
  holder[key] = run;
}

/** Throws when the part has not been loaded. */
export function runChunk(init: ChunkInit): ChunkEnd | Promise<ChunkEnd> {
  const run = holder[key];
  if (run === undefined) throw new Error("This worker cannot run maps.");
  return run(init);
}
