/**
 * Which arrays a function only reads, of those that it takes from outside or gets as arguments, as far as its text
 * tells. Not part of `analyseFunction`: only who holds a large array asks, and it costs another parse. Cached by text.
 */

import { UnparsableFunction } from "../UnparsableFunction.ts";
import { ArrayUses } from "./ArrayUses.ts";
import { Code, isFunction } from "./Code.ts";
import type { Proof } from "./Condition.ts";
import { Indices } from "./Indices.ts";

export interface ReadFacts {
  /** Of each free name that its array is only read; what is not among them is not used. */
  readonly free: ReadonlyMap<string, Proof>;
  /** Of each argument; the last one also stands for those that follow. */
  readonly parameters: readonly Proof[];
  /** That what it returns is an index, see `judgeIndex`. */
  readonly results: Proof;
}

const kept = 2000;
const sloppyCache = new Map<string, ReadFacts | undefined>();
const strictCache = new Map<string, ReadFacts | undefined>();

/** `undefined`: names may mean anything, so nothing can be told. `strict` as in `analyseFunction`. */
export function readFacts(text: string, strict: boolean): ReadFacts | undefined {
  const cache = strict ? strictCache : sloppyCache;
  const known = cache.get(text);
  if (known !== undefined || cache.has(text)) return known;
  const facts = analyse(text, strict);
  if (cache.size >= kept) cache.clear();
  cache.set(text, facts);
  return facts;
}

function analyse(text: string, strict: boolean): ReadFacts | undefined {
  try {
    const code = new Code(text, strict);
    return code.opaque ? undefined : factsOf(code);
  } catch (error) {
    // Nested too deeply for what is left of the stack, or variables that are made of themselves.
    if (error instanceof RangeError || error instanceof UnparsableFunction) return undefined;
    throw error;
  }
}

function factsOf(code: Code): ReadFacts {
  const { root, free } = code;
  const indices = new Indices(code);
  const uses = (): ArrayUses => new ArrayUses(code, indices);
  const positions = isFunction(root) ? Array.from({ length: root.params.length + 1 }, (_, position) => position) : [];
  return {
    free: new Map([...free].map(([name, found]) => [name, uses().name(found)])),
    parameters: isFunction(root) ? positions.map((position) => uses().argument(root, position)) : [],
    results: isFunction(root) ? indices.results(root) : undefined,
  };
}
