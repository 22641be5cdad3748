/** Every case × every argument combination on one backend, against the built package. A file for each backend: they are long, and run side by side. */

import type { PlanSpec } from "futureplan";
import { conformanceCases, openConformance, type Conformance } from "futureplan/testing";
import { afterAll, beforeAll, describe, test } from "vitest";

/** Milliseconds. */
const deadline = 30_000;

/** `skip`: cases left out, title → reason. */
export function conform(plan: PlanSpec, skip: Readonly<Record<string, string>> = {}): void {
  describe(plan.backend, () => {
    let conformance: Conformance;

    beforeAll(() => {
      conformance = openConformance(plan, { skip, deadline });
    });

    afterAll(() => conformance.close());

    test.for(conformanceCases())("$title", { timeout: deadline + 5_000 }, async (each, { skip: leaveOut }) => {
      const reason = conformance.reasonToSkip(each);
      if (reason !== undefined) leaveOut(reason);
      await conformance.run(each);
    });
  });
}
