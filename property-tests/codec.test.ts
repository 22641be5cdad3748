/** Laws of the codec: what is decoded is what was encoded, whatever refers to whatever, over both kinds of channel. */

import { deserialize, serialize } from "node:v8";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resultEncoder } from "../src/codec/encode/resultEncoder.ts";
import { Linker, type Result } from "../src/codec/Linker.ts";
import "../src/api/future.ts"; // the library's names
import { LeftOut } from "../src/errors/LeftOut.ts";
import { decodeAtHome, snapshotValue } from "../src/globals/snapshot.ts";
import { difference } from "./graphs/difference.ts";
import { buildGraph, dataSets, graphs, type Kind, type Recipe } from "./graphs/graphs.ts";
import "./seed.ts";

const channels: Readonly<Record<string, (message: object) => unknown>> = {
  structuredClone: (message) => structuredClone(message),
  v8: (message) => deserialize(serialize(message)) as unknown,
};

const newLinker = (): Linker => new Linker({ results: () => resultEncoder, importLibrary: () => Promise.reject(new Error("not needed")) });

type Sent = ReturnType<typeof snapshotValue>;

/** decode ∘ channel ∘ encode is identity: `undefined`, or where it is not. */
export function survives(recipe: Recipe, channel: (message: object) => unknown): string | undefined {
  const value = buildGraph(recipe);
  const { body, needs } = channel(snapshotValue(value, "value")) as Sent;
  return difference(value, decodeAtHome(body, needs));
}

const classless: Partial<Record<Kind, Kind>> = { instance: "object", failure: "error", stack: "array", registry: "map" };

/** The same for what a worker sends that never saw the values' classes. */
export function comesHome(recipe: Recipe, channel: (message: object) => unknown): string | undefined {
  const value = buildGraph({ ...recipe, nodes: recipe.nodes.map((node) => ({ ...node, kind: classless[node.kind] ?? node.kind })) });
  const result = newLinker().encode(value);
  if (result instanceof Promise) throw new Error("no function was made");
  const { body, definitions } = channel(result) as typeof result;
  return difference(value, decodeAtHome(body, definitions));
}

/** Of what was thrown everything comes home but what cannot travel, and something stands where that was. Every third node cannot, from `first` on. */
export function leavesOutOnly(recipe: Recipe, first: number, channel: (message: object) => unknown): string | undefined {
  const nodes = recipe.nodes.map((node, at) => ({
    ...node,
    kind: at % 3 === first ? ("weak" as const) : (classless[node.kind] ?? node.kind),
  }));
  const left = buildGraph({ nodes }, () => new LeftOut("a WeakRef cannot leave this process"));
  const single = newLinker().encode(buildGraph({ nodes }), "error");
  const parts = newLinker().encode({ values: [1, { x: 2 }], errors: buildGraph({ nodes }).filter(isNot(WeakRef)) }, "parts");
  if (single instanceof Promise || parts instanceof Promise) throw new Error("no function was made");
  const expected = { values: [1, { x: 2 }], errors: left.filter(isNot(LeftOut)) };
  return difference(left, received(channel(single))) ?? difference(expected, received(channel(parts)));
}

/** What is nothing but left out is told as an error of its own. */
function isNot(made: Function): (value: unknown) => boolean {
  return (value) => !(value instanceof made);
}

function received(message: unknown): unknown {
  const { body, definitions } = message as Result;
  return decodeAtHome(body, definitions);
}

/** Later changes of the original are not seen. */
export function isFrozen(recipe: Recipe): string | undefined {
  const value = buildGraph(recipe);
  const { body, needs } = snapshotValue(value, "value");
  const before = structuredClone({ body, needs });
  for (const node of value) if (ArrayBuffer.isView(node) && node instanceof Uint8Array && node.length > 0) node[0] = (node[0] ?? 0) ^ 255;
  for (const node of value) if (node instanceof Map) node.set("later", 1);
  for (const node of value) if (Array.isArray(node)) spoil(node as unknown[]);
  value.push("later");
  return difference(decodeAtHome(before.body, before.needs), decodeAtHome(structuredClone(body), needs));
}

/** Writes to a list and to the rows in it, as far as they can be written to. */
function spoil(list: unknown[]): void {
  for (const row of list.slice()) if (typeof row === "object" && row !== null) Reflect.set(row, "id", "later");
  Reflect.set(list, list.length - 1, "later");
}

function holds(law: (recipe: Recipe) => string | undefined, numRuns: number, recipes = graphs): void {
  fc.assert(
    fc.property(recipes, (recipe) => {
      expect(law(recipe)).toBeUndefined();
    }),
    { numRuns },
  );
}

describe("codec", () => {
  it.each(Object.entries(channels))("decode after encode is identity over %s", (_, channel) => {
    holds((recipe) => survives(recipe, channel), 300);
  });

  it.each(Object.entries(channels))("a worker's results come home as they were over %s", (_, channel) => {
    holds((recipe) => comesHome(recipe, channel), 200);
  });

  it.each(Object.entries(channels))("of what was thrown only what cannot travel is left out over %s", (_, channel) => {
    for (const first of [0, 1, 2]) {
      holds((recipe) => leavesOutOnly(recipe, first, channel), 100);
      holds((recipe) => leavesOutOnly(recipe, first, channel), 40, dataSets);
    }
  });

  it("what was encoded does not change with the original", () => {
    holds((recipe) => isFrozen(recipe), 150);
    holds((recipe) => isFrozen(recipe), 60, dataSets);
  });

  it.each(Object.entries(channels))("data sets arrive as they are over %s", (_, channel) => {
    holds((recipe) => survives(recipe, channel), 150, dataSets);
    holds((recipe) => comesHome(recipe, channel), 100, dataSets);
  });
});
