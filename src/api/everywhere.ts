/** `everywhere()`: what configures this process configures its workers, too. */

import { callEverywhere } from "../core/everywhereCalls.ts";
import { OptionInvalid } from "../errors/errors.ts";
import { describeKind, everywhereInsideText, optionText } from "../errors/words.ts";
import { currentSession } from "../session/currentSession.ts";
import { publish } from "../session/publish.ts";

/**
 * Runs `fn` here, now, and, frozen at the call, once in every worker of this and later plans and strata, before the next future starts there;
 * several calls in their order. What it sets (packages, environment, globals, directory) stays there. Gives what it gave here. If it fails in
 * a worker, the futures that would run there fail with its error; after `shutdown()` new workers try again. Under `sequential` it runs once.
 * Throws `OptionInvalid` inside a future and in workers; rejects with `NotPortable` when `fn` cannot travel, and then does not run.
 *
 * @example
 * await everywhere(() => {
 *   Decimal.set({ precision: 40 });
 *   dayjs.extend(utc);
 * });
 */
export function everywhere<R>(fn: () => R | PromiseLike<R>): Promise<R> {
  if (typeof fn !== "function") throw new OptionInvalid(optionText("everywhere()", "fn", "a function", fn, describeKind));
  const { worker, current } = currentSession();
  if (worker !== undefined || current() !== undefined) throw new OptionInvalid(everywhereInsideText());
  return callEverywhere(fn);
}

publish({ everywhere });
