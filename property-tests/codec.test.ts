/** Laws of the codec: what is decoded is what was encoded, whatever refers to whatever, over both kinds of channel. */

import { deserialize, serialize } from "node:v8";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resultEncoder } from "../src/codec/encode/resultEncoder.ts";
import { Linker } from "../src/codec/Linker.ts";
import { decodeAtHome, snapshotValue } from "../src/globals/snapshot.ts";
import { difference } from "./graphs/difference.ts";
import { buildGraph, dataSets, graphs, type Kind, type Recipe } from "./graphs/graphs.ts";
import "./seed.ts";

const channels: Readonly<Record<string, (message: object) => unknown>> = {
  structuredClone: (message) => structuredClone(message),
  v8: (message) => deserialize(serialize(message)) as unknown,
};

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
  const linker = new Linker({ results: () => resultEncoder, importLibrary: () => Promise.reject(new Error("not needed")) });
  const result = linker.encode(value);
  if (result instanceof Promise) throw new Error("no function was made");
  const { body, definitions } = channel(result) as typeof result;
  return difference(value, decodeAtHome(body, definitions));
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

  it("what was encoded does not change with the original", () => {
    holds((recipe) => isFrozen(recipe), 150);
    holds((recipe) => isFrozen(recipe), 60, dataSets);
  });

  it.each(Object.entries(channels))("data sets arrive as they are over %s", (_, channel) => {
    holds((recipe) => survives(recipe, channel), 150, dataSets);
    holds((recipe) => comesHome(recipe, channel), 100, dataSets);
  });
});
