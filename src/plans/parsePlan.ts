/** A plan as users may write it, and as strata: the first for futures made here, the next for those made inside them. */

import { PlanInvalid } from "../errors/errors.ts";
import { describeValue } from "../errors/words.ts";
import { makeSpec } from "./makeSpec.ts";
import type { ClusterOptionsInput } from "./clusterOptions.ts";
import type { PlanOptionsInput } from "./parseOptions.ts";
import type { PlanSpec } from "./PlanSpec.ts";
import { backendNames } from "./registry.ts";

/** All strata, outermost first; at least one. */
export type Plan = readonly [PlanSpec, ...PlanSpec[]];

/** The names of the backends that come with the library; registered ones are names too. */
export type PlanName = "sequential" | "multicore" | "multisession" | "cluster" | (string & {});

/** A name, a spec object, or an array of these: strata for nested futures. */
export type PlanLike = PlanName | PlanSpec | readonly (PlanName | PlanSpec)[];

/** Checks a plan; `options` change its first stratum. Throws `PlanInvalid`. */
export function parsePlan(given: unknown, options?: unknown): Plan {
  const items: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (items.length === 0) throw new PlanInvalid('A plan of no strata is none; for this thread, write plan("sequential").');
  const [first, ...below] = items;
  return Object.freeze([parseSpec(first, options), ...below.map((item) => parseSpec(item, undefined))]);
}

/** A spec with some options changed; R's `tweak`. Throws `PlanInvalid`. */
export function tweak(spec: PlanName | PlanSpec, options: PlanOptionsInput | ClusterOptionsInput): PlanSpec {
  return parseSpec(spec, options);
}

function parseSpec(given: unknown, changes: unknown): PlanSpec {
  if (typeof given === "string") return makeSpec(given, changes);
  if (typeof given !== "object" || given === null || !("backend" in given) || typeof given.backend !== "string") {
    throw new PlanInvalid(
      `A plan must be a name (${backendNames().join(", ")}), a spec such as multicore({ workers: 2 }), or an array of these; not ${describeValue(given)}.`,
    );
  }
  const unknown = Object.keys(given).find((key) => key !== "backend" && key !== "options");
  if (unknown !== undefined) throw new PlanInvalid(`A spec has "backend" and "options" only; "${unknown}" belongs into "options".`);
  const options: unknown = "options" in given ? given.options : undefined;
  if (changes === undefined || typeof options !== "object" || typeof changes !== "object")
    return makeSpec(given.backend, changes ?? options);
  return makeSpec(given.backend, { ...options, ...changes });
}

/** Whether two plans are the same, so that setting one over the other keeps the workers. Functions compare by identity. */
export function samePlan(one: Plan, other: Plan): boolean {
  return sameData(one, other);
}

function sameData(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => key in other && sameData(Reflect.get(one, key), Reflect.get(other, key)))
  );
}
