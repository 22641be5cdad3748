/** numpy's Mersenne Twister: `Generator(MT19937(seed))` in one object. */

import { RngMisuse } from "../../errors/errors.ts";
import { checkCount } from "../checks.ts";
import { travelByState } from "../travelByState.ts";
import { jumpMersenne } from "./jumpMersenne.ts";
import { MersenneSource, stateWords } from "./MersenneSource.ts";
import { NumpyGenerator } from "./NumpyGenerator.ts";
import { type Entropy, SeedSequence } from "./SeedSequence.ts";

/** What numpy's `MT19937.state` holds: 624 words, and how many of them are used. */
export interface MT19937State {
  readonly key: Uint32Array<ArrayBuffer>;
  readonly position: number;
}

/**
 * Matsumoto and Nishimura's MT19937 (ACM TOMACS 8, 1998) with period 2^19937 - 1; numbers, streams and methods are numpy's, bit
 * for bit. Throws `OptionInvalid` for a seed that is not a whole number of 0 or more.
 */
export class MT19937 extends NumpyGenerator {
  static {
    travelByState(this);
  }

  protected override source: MersenneSource;

  constructor(seed: Entropy | SeedSequence) {
    super();
    const sequence = seed instanceof SeedSequence ? seed : new SeedSequence(seed);
    const key = sequence.generateState(stateWords);
    key[0] = 0x80000000;
    // numpy starts at the last word, not behind it.
    this.source = new MersenneSource(key, stateWords - 1);
  }

  /** Continues where the generator with this state stood. Throws `RngMisuse` for anything else. */
  static fromState(state: MT19937State): MT19937 {
    const { key, position } = checkState(state);
    const restored = new MT19937(0);
    restored.source = new MersenneSource(key.slice(), position);
    return restored;
  }

  override get state(): MT19937State {
    return { key: this.source.key.slice(), position: this.source.position };
  }

  /**
   * A new generator, `k` jumps of 2^128 further on: numpy's `jumped`, which takes the present block for a ring and therefore does
   * not commute with drawing. Jump first, then draw. A jump takes about 10 ms.
   */
  jumped(k: number = 1): MT19937 {
    return MT19937.fromState(jumpMersenne(this.state, checkCount("jumped()", "k", k)));
  }
}

function checkState(value: Partial<MT19937State> | undefined | null): MT19937State {
  const { key, position } = value ?? {};
  const isInside = position !== undefined && Number.isInteger(position) && position >= 0 && position <= stateWords;
  if (isInside && key instanceof Uint32Array && key.length === stateWords) return { key, position };
  throw new RngMisuse("MT19937.fromState() takes what the property `state` of a MT19937 gave: { key, position }.");
}
