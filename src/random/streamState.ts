/** Streams as they travel: by their states, which tell by their shapes whose they are. */

import type { Generator } from "./Generator.ts";
import type { MT19937State } from "./numpy/MT19937.ts";
import type { PCG64State } from "./numpy/PCG64.ts";
import type { LecuyerState } from "./r/LecuyerCMRG.ts";
import { isSeed } from "./r/LecuyerStream.ts";

export type StreamState = LecuyerState | PCG64State | MT19937State;

/** A copy of the state of a generator, or of what `state` of one gave; `undefined`: it is neither. */
export function streamState(stream: unknown): StreamState | undefined {
  const state = isGenerator(stream) ? stream.state : stream;
  if (isLecuyer(state)) return Array.from(state);
  if (isPcg(state)) return { ...state };
  return isMersenne(state) ? { key: state.key.slice(), position: state.position } : undefined;
}

function isGenerator(value: unknown): value is Generator {
  return typeof value === "object" && value !== null && "random" in value && "state" in value;
}

export function isLecuyer(state: unknown): state is LecuyerState {
  return Array.isArray(state) && state.every((word) => (word | 0) === word) && isSeed(state.map((word: number) => word >>> 0));
}

export function isPcg(state: unknown): state is PCG64State {
  return (
    typeof state === "object" &&
    state !== null &&
    "increment" in state &&
    typeof state.increment === "bigint" &&
    "state" in state &&
    typeof state.state === "bigint"
  );
}

export function isMersenne(state: unknown): state is MT19937State {
  return typeof state === "object" && state !== null && "key" in state && state.key instanceof Uint32Array && state.key.length === 624;
}
