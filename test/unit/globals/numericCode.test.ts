/** Ordinary numeric code is recognised as only reading its arrays. */

import { describe, expect, test } from "vitest";
import { readsOf } from "./readsOf.ts";
import { numericCode } from "./support/numericCode.mjs";

describe("arrays are only read by", () => {
  test.each(numericCode.map(([fn, positions]) => [fn.name, fn, positions] as const))("%s", (_, fn, positions) => {
    const reads = readsOf(fn);
    expect(positions.filter((position) => reads.parameter(fn, position))).toEqual(positions);
  });
});
