/**
 * The values of a container of futures, in its shape or folded. Output and errors come in the container's order, each
 * as early as order allows: the error with the lowest index wins, after all before it have settled.
 */

import { noInitialText } from "../errors/words.ts";
import { OptionInvalid } from "../errors/errors.ts";
import { cancelCell } from "./cancelCell.ts";
import type { FutureCell } from "./FutureCell.ts";
import { elementsOf, gather, type Place } from "./gather.ts";
import type { Settled } from "./FutureState.ts";
import { settle } from "./launch.ts";
import { drop, take } from "./valueOf.ts";

export interface Gathered {
  readonly cancel: boolean;
  readonly inOrder: boolean;
  readonly drop: boolean;
  readonly fold: Fold | undefined;
}

/** `initial` holds the start value, or nothing: then the first element is it. */
export interface Fold {
  readonly reduce: (accumulated: unknown, value: unknown) => unknown;
  readonly initial: readonly unknown[];
}

/** Rejects with the error of a future; those after it are canceled before, if wished. */
export async function valuesOf(target: unknown, options: Gathered): Promise<unknown> {
  const folding = options.fold === undefined ? undefined : new Folding(options.fold);
  const groups = (folding === undefined ? [target] : elementsOf(target)).map(startGroup);
  const waits = groups.flatMap((group) => group.waits);
  if (options.cancel) cancelAfterFailure(waits);
  const finish = (group: Group): unknown => (folding === undefined ? group.finish() : folding.add(group.finish()));
  let shape: unknown;
  try {
    if (options.inOrder) for (const group of groups) shape = await fillInOrder(group, finish);
    else await Promise.all(groups.map(async (group) => (shape = await fillAsTheyCome(group, finish))));
  } catch (error) {
    if (options.cancel) await endAll(waits);
    throw error;
  }
  if (options.drop) for (const { place } of waits) if (place.cell !== undefined) drop(place.cell);
  return folding === undefined ? shape : folding.result();
}

interface Wait {
  readonly place: Place;
  readonly settled: Promise<Settled>;
}

/** What is filled, and folded, as one. */
interface Group {
  readonly waits: readonly Wait[];
  finish(): unknown;
}

function startGroup(root: unknown): Group {
  const gathering = gather(root);
  return { waits: gathering.places.map(startWait), finish: () => gathering.finish() };
}

function startWait(place: Place): Wait {
  if (place.cell !== undefined) return { place, settled: settle(place.cell) };
  const settled = Promise.resolve(place.source).then(
    (value): Settled => ({ _tag: "finished", value }),
    (error: unknown): Settled => ({ _tag: "failed", error }),
  );
  return { place, settled };
}

/** A failure cancels what comes after it; what comes before may hold an error that wins. */
function cancelAfterFailure(waits: readonly Wait[]): void {
  let end = waits.length;
  const cancelFrom = (index: number): void => {
    if (index >= end) return;
    for (const { place } of waits.slice(index + 1, end)) if (place.cell !== undefined) cancelCell(place.cell, true);
    end = index;
  };
  const listeners = [(cell: FutureCell): void => cancelFrom(waits.findIndex(({ place }) => place.cell === cell))];
  for (const [index, { place, settled }] of waits.entries()) {
    if (place.cell !== undefined) place.cell.whenFailed(listeners);
    else void settled.then(({ _tag }) => (_tag === "finished" ? undefined : cancelFrom(index)));
  }
}

async function fillInOrder(group: Group, finish: (group: Group) => unknown): Promise<unknown> {
  for (const { place, settled } of group.waits) fill(place, await settled);
  return finish(group);
}

/** Each as it settles; the first error in time wins. */
async function fillAsTheyCome(group: Group, finish: (group: Group) => unknown): Promise<unknown> {
  await Promise.all(group.waits.map(async ({ place, settled }) => fill(place, await settled)));
  return finish(group);
}

/** Nothing of ours is left running when the error is thrown. */
async function endAll(waits: readonly Wait[]): Promise<void> {
  for (const { place } of waits) if (place.cell !== undefined) cancelCell(place.cell, true);
  await Promise.all(waits.flatMap(({ place, settled }) => (place.cell === undefined ? [] : [settled])));
}

function fill(place: Place, settled: Settled): void {
  if (place.cell !== undefined) return place.put(take(place.cell, settled));
  if (settled._tag !== "finished") throw settled.error;
  place.put(settled.value);
}

class Folding {
  readonly #fold: Fold;
  #accumulated: readonly unknown[];

  constructor(fold: Fold) {
    this.#fold = fold;
    this.#accumulated = fold.initial;
  }

  add(value: unknown): void {
    this.#accumulated = [this.#accumulated.length === 0 ? value : this.#fold.reduce(this.#accumulated[0], value)];
  }

  result(): unknown {
    if (this.#accumulated.length === 0) throw new OptionInvalid(noInitialText());
    return this.#accumulated[0];
  }
}
