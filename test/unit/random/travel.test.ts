/** Generators as the codec sends them. */

import { expect, test } from "vitest";
import type { Generator } from "../../../src/random/Generator.ts";
import { MT19937 } from "../../../src/random/numpy/MT19937.ts";
import { PCG64 } from "../../../src/random/numpy/PCG64.ts";
import { LecuyerCMRG } from "../../../src/random/r/LecuyerCMRG.ts";

test.each([new PCG64(1), new MT19937(1), new LecuyerCMRG(1)])(
  "%o goes on where it stood, and leaves the original alone",
  (g: Generator) => {
    g.integers(0, 10);
    g.normal(1000);
    const encode = Reflect.get(g.constructor, Symbol.for("futureplan.encode")) as (g: Generator) => unknown;
    const decode = Reflect.get(g.constructor, Symbol.for("futureplan.decode")) as (state: unknown) => Generator;
    const arrived = decode(structuredClone(encode(g)));
    expect(arrived).toBeInstanceOf(g.constructor);
    const expected = [...arrived.random(700)];
    expect([...g.random(700)]).toEqual(expected);
  },
);
