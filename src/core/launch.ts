/**
 * From `created` to `queued`: listens to the signal, waits for the futures that this one uses, and hands it to its
 * plan. A future whose captures cannot travel fails here.
 */

import { snapshotValue } from "../globals/snapshot.ts";
import type { Waited } from "../codec/encode/PromiseParts.ts";
import type { Snapshot } from "../globals/snapshots.ts";
import { cancelCell } from "./cancelCell.ts";
import { cellOf } from "./cellOf.ts";
import { conclude } from "./conclude.ts";
import type { FutureCell } from "./FutureCell.ts";
import { queued, type Settled } from "./FutureState.ts";
import { Run } from "./Run.ts";
import { observe } from "./unobserved.ts";
import { watchWaits } from "./watchWaits.ts";

const none: readonly never[] = [];

/** Does nothing for a future that is on its way already. */
export function launch(cell: FutureCell): void {
  if (cell.state._tag !== "created") return;
  switch (cell.capture._tag) {
    case "refused":
      return conclude(cell, { _tag: "failed", error: cell.capture.error });
    case "captured":
      return start(cell, cell.capture);
    case "dropped":
      return; // reset() refuses these, so none is ever created again
  }
}

/** Launches it and waits; the caller answers for its failure from now on. */
export function settle(cell: FutureCell): Promise<Settled> {
  observe(cell);
  launch(cell);
  return cell.settled();
}

function start(cell: FutureCell, { payload, futures }: Snapshot): void {
  const { signal } = cell.settings;
  if (signal?.aborted === true) return cancelCell(cell, true);
  if (signal !== undefined && cell.chunk === undefined) listen(cell, signal); // a map listens once for all its chunks
  cell.move(queued);
  const run = new Run(cell, { payload, dependencies: none, attempt: 1, unbegun: 0 });
  cell.run = run;
  if (futures.length === 0) return cell.plan.submit(run);
  cell.plan.await(run);
  submitWithValues(run, futures).catch((error: unknown) => run.events.starved(error));
}

function listen(cell: FutureCell, signal: AbortSignal): void {
  const abort = (): void => cancelCell(cell, true);
  signal.addEventListener("abort", abort, { once: true });
  cell.unlisten = () => signal.removeEventListener("abort", abort);
}

/** All are launched before the first is waited for; the first that failed, in their order, fails this one. */
async function submitWithValues(run: Run, futures: readonly Waited[]): Promise<void> {
  const waiting = futures.map(({ value }) => settleAny(value));
  const endWatch = watchWaits(run, futures, waiting);
  try {
    await addValues(run, waiting);
  } finally {
    endWatch();
  }
  if (!run.over) run.cell.plan.submit(run);
}

async function addValues(run: Run, waiting: readonly Promise<Settled>[]): Promise<void> {
  const { body, bytes, local } = run.payload;
  const needs = [...run.payload.needs];
  const blocks = [...run.payload.blocks];
  const dependencies = [];
  for (const one of waiting) {
    const settled = await one;
    if (settled._tag !== "finished") throw settled.error;
    const value = snapshotValue(settled.value, "the value of a future");
    dependencies.push(value.body);
    needs.push(...value.needs);
    blocks.push(...value.blocks);
  }
  run.payload = { body, bytes, local, needs, blocks };
  run.dependencies = dependencies;
}

/** Captured promises are waited for like futures. */
function settleAny(given: unknown): Promise<Settled> {
  const cell = cellOf(given);
  if (cell !== undefined) return settle(cell);
  return Promise.resolve(given).then(
    (value): Settled => ({ _tag: "finished", value }),
    (error: unknown): Settled => ({ _tag: "failed", error }),
  );
}
