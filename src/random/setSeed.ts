/** `setSeed()`: the session's own seed, from which `seed: true` takes. */

import { RngMisuse } from "../errors/errors.ts";
import { currentSession } from "../session/currentSession.ts";
import { invalid } from "./checks.ts";
import { isIntegerOfR, largestSeed } from "./integerOfR.ts";

/**
 * From here on `seed: true` and `futureReplicate` give the same numbers in every run of the program: the first that asks has those of
 * `seed: n`, the next ones streams far away from them, in the order of the calls. Takes the place of `FUTURE_SEED`. R's
 * `set.seed()` with L'Ecuyer-CMRG. Throws `OptionInvalid` for what is no integer of R, and `RngMisuse` inside a future.
 *
 * @example setSeed(42);
 */
export function setSeed(n: number): void {
  if (!isIntegerOfR(n)) throw invalid("setSeed()", "n", `a whole number from -${largestSeed} to ${largestSeed}`, n);
  const session = currentSession();
  if (session.current() !== undefined)
    throw new RngMisuse("setSeed() seeds the session, and cannot be called inside a future; give the future the option seed.");
  session.seed = { base: { seed: n }, used: 0 };
  session.seeded = true;
}
