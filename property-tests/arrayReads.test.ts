/**
 * Laws: what `ArrayReads` calls only read is the same after the program ran, and nothing that came out of the program
 * leads to it; and over shared memory the program gives the same. A fair share of programs that only read is recognised.
 */

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ArrayReads, type Captured } from "../src/globals/ArrayReads.ts";
import { analyseFunction } from "../src/globals/analysis/analyseFunction.ts";
import { arrayPrograms, type ArrayProgram } from "./arrayPrograms.ts";
import "./seed.ts";

type Memory = (length: number) => ArrayBufferLike;
const ordinary: Memory = (length) => new ArrayBuffer(length);
const shared: Memory = (length) => new SharedArrayBuffer(length);

/** Everything that a program works on. */
interface World {
  readonly arrays: Readonly<Record<"data" | "other" | "given", Float64Array>>;
  readonly main: (given: Float64Array, n: number, k: unknown) => unknown;
  /** The variables around it. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** What the program may put things into. */
  readonly places: readonly unknown[];
}

const arrayNames = ["data", "other", "given"] as const;

function makeWorld({ h0, h1, main }: ArrayProgram, memory: Memory): World {
  const array = (...values: number[]): Float64Array => {
    const made = new Float64Array(memory(values.length * 8));
    made.set(values);
    return made;
  };
  const arrays = { data: array(3, 1, 2, 7), other: array(5, 4, 6), given: array(8, 9, 2, 2) };
  const source = `
    let { data, other } = given;
    const order = Uint32Array.of(2, 0, 1), start = 1, word = "buffer", fuel = { n: 40 }, out = [], box = {};
    const sink = (...all) => { out.push(all); };
    const pick = () => Math.floor(start + 0.5), twice = (x) => 2 * x, writes = (x, i, all) => (all[i] = 0);
    const methods = { clear(xs) { xs.fill(0); } };
    const parseInt = (xs) => xs.fill(2).length;
    class Int8Array { constructor(xs) { xs[0] = 9; } }
    let h0 = ${h0};
    let h1 = ${h1};
    const main = ${main};
    return { main, data, other, order, start, word, fuel, box, out, sink, pick, twice, writes, methods, parseInt, Int8Array, h0, h1 };`;
  const { main: made, ...variables } = new Function("given", source)(arrays) as Record<string, unknown>;
  return { arrays, main: made as World["main"], variables, places: [variables["box"], variables["out"]] };
}

/** As a capture would find it; `Capture` itself would look at each script anew, which takes its time. */
function record(fn: Function, variables: World["variables"]): Captured["records"][number] {
  const text = String(fn);
  const facts = analyseFunction(text);
  const names = [...facts.free].filter(([name]) => Object.hasOwn(variables, name));
  return {
    fn,
    site: { text, facts, strict: facts.strict },
    bound: names.map(([name, { assigned }]) => ({ name, value: variables[name], assigned })),
  };
}

/** The arrays that the program only reads, by the analysis: whoever has them, and through whatever variable. */
function judge({ main, variables }: World): ReadonlySet<string> {
  const { methods } = variables as { readonly methods: { readonly clear: Function } };
  const functions = [main, methods.clear, ...Object.values(variables)].filter((value) => typeof value === "function");
  const records = functions.map((fn) => record(fn, variables));
  const reads = new ArrayReads({ records, constants: [] });
  const holders = (name: string): typeof records => records.filter(({ bound }) => bound.some((one) => one.name === name));
  const accepted = ["data", "other"].filter((name) => holders(name).every(({ fn }) => reads.variable(fn, name)));
  return new Set(reads.parameter(main, 0) ? [...accepted, "given"] : accepted);
}

interface Run {
  readonly written: ReadonlySet<string>;
  readonly leaked: ReadonlySet<string>;
  /** What it gave and left behind, as text. */
  readonly seen: string;
}

function run(world: World, n: number, k: unknown): Run {
  const { arrays, main, places } = world;
  const before = new Map(Object.entries(arrays).map(([name, array]) => [name, array.join()]));
  let result: unknown;
  try {
    result = main(arrays.given, n, k);
  } catch (error) {
    result = error;
  }
  const reached = reachable([result, places]);
  const entries = Object.entries(arrays);
  return {
    written: new Set(entries.filter(([name, array]) => array.join() !== before.get(name)).map(([name]) => name)),
    leaked: new Set(entries.filter(([, array]) => reached.has(array.buffer)).map(([name]) => name)),
    seen: JSON.stringify([String(result), places]).replaceAll("SharedArrayBuffer", "ArrayBuffer"),
  };
}

/** All objects that lie below, buffers of views included. */
function reachable(root: unknown, found: Set<unknown> = new Set()): Set<unknown> {
  if (typeof root !== "object" || root === null || found.has(root)) return found;
  found.add(root);
  if (ArrayBuffer.isView(root)) return found.add(root.buffer);
  const inside = root instanceof Map || root instanceof Set ? [...root] : Object.values(root);
  for (const value of inside) reachable(value, found);
  return found;
}

const keys = fc.constantFrom<unknown>(0, 1, 2.5, "buffer", "fill", "length", undefined);
const given = fc.record({ n: fc.integer({ min: -1, max: 3 }), k: keys });

/** Counts what became of arrays. */
class Tally {
  accepted = 0;
  harmless = 0;
  harmed = 0;

  get share(): number {
    return this.accepted / (this.accepted + this.harmless);
  }
}

/** What was accepted is not written and does not leak, and its memory makes no difference. */
export function isInvisible(program: ArrayProgram, { n, k }: { readonly n: number; readonly k: unknown }, tally: Tally): void {
  const world = makeWorld(program, ordinary);
  const accepted = judge(world);
  const { written, leaked, seen } = run(world, n, k);
  for (const name of arrayNames) {
    const isHarmed = written.has(name) || leaked.has(name);
    if (accepted.has(name))
      expect({ name, written: written.has(name), leaked: leaked.has(name) }).toEqual({ name, written: false, leaked: false });
    if (accepted.has(name)) tally.accepted += 1;
    else if (isHarmed) tally.harmed += 1;
    else tally.harmless += 1;
  }
  if (accepted.size === arrayNames.length) expect(run(makeWorld(program, shared), n, k).seen).toBe(seen);
}

describe("arrays that are only read", () => {
  test("are neither written nor let out by programs that do both to others", () => {
    const tally = new Tally();
    fc.assert(
      fc.property(arrayPrograms.mixed, given, (program, values) => isInvisible(program, values, tally)),
      { numRuns: 2000 },
    );
    // The programs do harm, and the analysis does not only refuse.
    expect(tally.harmed).toBeGreaterThan(200);
    expect(tally.share).toBeGreaterThan(0.5);
  });

  test("are recognised in most programs that only read", () => {
    const tally = new Tally();
    fc.assert(
      fc.property(arrayPrograms.pure, given, (program, values) => isInvisible(program, values, tally)),
      { numRuns: 500 },
    );
    expect(tally.harmed).toBe(0);
    expect(tally.share).toBeGreaterThan(0.9);
  });
});
