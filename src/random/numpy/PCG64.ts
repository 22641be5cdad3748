/** numpy's default generator: `Generator(PCG64(seed))` in one object. */

import { RngMisuse } from "../../errors/errors.ts";
import { invalid } from "../checks.ts";
import { travelByState } from "../travelByState.ts";
import { NumpyGenerator } from "./NumpyGenerator.ts";
import { advance, Pcg64Source } from "./Pcg64Source.ts";
import { type Entropy, SeedSequence } from "./SeedSequence.ts";

/** What numpy's `PCG64.state` holds; `uinteger` is 0 unless `hasUint32`. */
export interface PCG64State {
  readonly state: bigint;
  readonly increment: bigint;
  readonly hasUint32: boolean;
  readonly uinteger: number;
}

/** (golden ratio - 1) · 2^128: numpy's step of `jumped`. */
const jump = 0x9e3779b97f4a7c15f39cc0605cedc835n;

/**
 * O'Neill's PCG XSL RR 128/64 (HMC-CS-2014-0905) with period 2^128; numbers, streams and methods are numpy's, bit for bit.
 * Throws `OptionInvalid` for a seed that is not a whole number of 0 or more.
 *
 * @example new PCG64(42).normal(1000)
 */
export class PCG64 extends NumpyGenerator {
  static {
    travelByState(this);
  }

  protected override source: Pcg64Source;

  constructor(seed: Entropy | SeedSequence) {
    super();
    const sequence = seed instanceof SeedSequence ? seed : new SeedSequence(seed);
    const [a = 0n, b = 0n, c = 0n, d = 0n] = sequence.generateState64(4);
    this.source = Pcg64Source.seeded((a << 64n) | b, (c << 64n) | d);
  }

  /** Continues where the generator with this state stood. Throws `RngMisuse` for anything else. */
  static fromState(state: PCG64State): PCG64 {
    const { state: position, increment, hasUint32, uinteger } = checkState(state);
    const restored = new PCG64(0);
    restored.source = new Pcg64Source(position, increment, hasUint32 ? uinteger : undefined);
    return restored;
  }

  override get state(): PCG64State {
    const { state, increment, hasHalf, half } = this.source;
    return { state, increment, hasUint32: hasHalf, uinteger: hasHalf ? half >>> 0 : 0 };
  }

  /** A new generator, as if `k` · 210306068529402873165736369884012333109 numbers of 64 bits had been drawn: streams that do not meet. */
  jumped(k: number | bigint = 1): PCG64 {
    if (typeof k !== "bigint" && !Number.isSafeInteger(k)) throw invalid("jumped()", "k", "a whole number", k);
    const { state, increment } = this.source;
    return PCG64.fromState({ state: advance(state, increment, jump * BigInt(k)), increment, hasUint32: false, uinteger: 0 });
  }
}

function checkState(value: Partial<PCG64State> | undefined | null): PCG64State {
  const { state, increment, hasUint32, uinteger } = value ?? {};
  const isWhole = typeof state === "bigint" && typeof increment === "bigint";
  if (
    isWhole &&
    isWord128(state) &&
    isWord128(increment) &&
    (increment & 1n) === 1n &&
    typeof hasUint32 === "boolean" &&
    isWord32(uinteger)
  ) {
    return { state, increment, hasUint32, uinteger };
  }
  throw new RngMisuse("PCG64.fromState() takes what the property `state` of a PCG64 gave: { state, increment, hasUint32, uinteger }.");
}

function isWord128(value: bigint): boolean {
  return BigInt.asUintN(128, value) === value;
}

function isWord32(value: unknown): value is number {
  return typeof value === "number" && value >>> 0 === value;
}
