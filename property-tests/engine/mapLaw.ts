/** What a map may give: what `Array.map` gives, unless its plan was in trouble or was closed. */

import { expect } from "vitest";
import { FutureError } from "../../src/errors/FutureError.ts";
import type { OpenedPlan } from "./OpenedPlan.ts";
import { uncaught } from "./userCode.ts";

export function mapLaw(plan: OpenedPlan, elements: readonly number[], end: PromiseSettledResult<readonly number[]>): void {
  const law = "law mapsGiveWhatArrayMapGives";
  const failing = elements.filter((x) => x < 0);
  if (end.status === "fulfilled") {
    expect(failing, law).toEqual([]);
    expect(end.value, law).toEqual(elements.map((x) => 7 * x));
    return;
  }
  const error: unknown = end.reason;
  if (error instanceof FutureError) {
    expect(plan.isTroubled || plan.wasClosed, `${law}: it failed by ${error.message}`).toBe(true);
    return;
  }
  const isTroubled = plan.isTroubled || plan.wasClosed;
  const accepted = (isTroubled ? failing : failing.slice(0, 1)).map((x) => `element ${x} fails`);
  expect(plan.isTroubled ? [...accepted, uncaught] : accepted, law).toContain(error instanceof Error ? error.message : error);
}
