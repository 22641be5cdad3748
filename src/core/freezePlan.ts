/** What a plan's workers are told: its `setup` function and the strata below. Functions are frozen when the plan is set. */

import { snapshotValue } from "../globals/snapshot.ts";
import type { Payload } from "../codec/Encoded.ts";
import type { Plan } from "../plans/parsePlan.ts";

export interface FrozenPlan {
  readonly strata: Payload;
  readonly setup: Payload;
}

/** Gives what was frozen; throws when it cannot travel, to whoever opens the plan. */
export function freezePlan(plan: Plan): () => FrozenPlan {
  if (plan.every(({ options }) => options.setup === undefined)) return () => freeze(plan);
  try {
    const frozen = freeze(plan);
    return () => frozen;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** Most plans say nothing to their workers; that needs no capture, whose first use takes milliseconds. */
const silent: FrozenPlan = { strata: plain([]), setup: plain(undefined) };

function plain(root: unknown): Payload {
  return { body: { root }, needs: [], blocks: [], bytes: 0, local: undefined };
}

function freeze([first, ...below]: Plan): FrozenPlan {
  if (below.length === 0 && first.options.setup === undefined) return silent;
  return { strata: snapshotValue(below, "plan"), setup: snapshotValue(first.options.setup, "setup") };
}
