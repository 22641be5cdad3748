/** One plan that was set, with the pools that were opened for it and the workers of these. */

import type { PlanSpec } from "../../src/plans/PlanSpec.ts";
import type { Kind } from "./Setting.ts";
import type { WiredWorker } from "./WiredWorker.ts";

export interface OpenedPool {
  /** It was told to close. */
  isClosing: boolean;
}

export interface OpenedPlan {
  readonly number: number;
  readonly kind: Kind;
  readonly spec: PlanSpec;
  readonly pools: OpenedPool[];
  readonly workers: WiredWorker[];
  /** A worker ended, or could not be started, other than by its own leave. */
  isTroubled: boolean;
  /** So that it may have begun futures of which home has never heard. */
  isUncertain: boolean;
  /** Maps under way. */
  maps: number;
  /** `shutdown()` or the end of its `withPlan` closed it, at least once. */
  wasClosed: boolean;
}
