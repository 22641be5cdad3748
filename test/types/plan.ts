/** What plans and their verbs take and give. Compiled by tsc, never run. */

import { expectTypeOf } from "vitest";
import {
  availableCores,
  availableWorkers,
  cancel,
  future,
  multicore,
  multisession,
  plan,
  reset,
  resolve,
  resolved,
  sequential,
  shutdown,
  tweak,
  withPlan,
  type CoreFindings,
  type Plan,
  type PlanSpec,
  type WorkerFindings,
} from "../../src/index.ts";

expectTypeOf(plan()).toEqualTypeOf<Plan>();
expectTypeOf(plan("multisession", { workers: 2 })).toEqualTypeOf<Plan>();
expectTypeOf(plan([multisession({ workers: 2 }), "multicore"])).toEqualTypeOf<Plan>();
plan(plan());
expectTypeOf(tweak(multicore(), { workers: 1 })).toEqualTypeOf<PlanSpec>();
expectTypeOf(withPlan(sequential(), async () => 1)).toEqualTypeOf<Promise<number>>();
expectTypeOf(shutdown()).toEqualTypeOf<Promise<void>>();

expectTypeOf(availableCores()).toEqualTypeOf<number>();
expectTypeOf(availableCores({ which: "all" })).toEqualTypeOf<CoreFindings>();
expectTypeOf(availableWorkers()).toEqualTypeOf<string[]>();
expectTypeOf(availableWorkers({ which: "all" })).toEqualTypeOf<WorkerFindings>();

const f = future(() => 1);
expectTypeOf(resolved([f])).toEqualTypeOf<boolean>();
expectTypeOf(resolve({ f })).toEqualTypeOf<Promise<void>>();
expectTypeOf(cancel(f, { interrupt: false })).toEqualTypeOf<void>();
expectTypeOf(reset(f)).toEqualTypeOf<void>();

// @ts-expect-error a number of workers
plan("multicore", { workers: "2" });
// @ts-expect-error no such option
multicore({ wrkrs: 2 });
sequential({ rngMisuse: "error" });
// @ts-expect-error no such choice
multicore({ rngMisuse: "never" });
// @ts-expect-error sequential has no workers
sequential({ workers: 2 });
// @ts-expect-error no such choice
availableWorkers({ which: "min" });
// @ts-expect-error no such option
cancel(f, { force: true });
