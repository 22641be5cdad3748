/** `outcome()`: everything there is to know of a future, its error as data. */

import { cellOf } from "../core/cellOf.ts";
import type { Future } from "../core/Future.ts";
import { settle } from "../core/launch.ts";
import { outcomeOf, type Outcome } from "../core/Outcome.ts";
import { OptionInvalid } from "../errors/errors.ts";
import { notAFutureText } from "../errors/words.ts";
import { publish } from "../session/publish.ts";

/** Waits until `future` has settled and tells how: status, value or error, output, times, worker. Replays nothing. R's `result()`. */
export async function outcome<T>(future: Future<T>): Promise<Outcome<T>> {
  const cell = cellOf(given(future));
  if (cell === undefined) throw new OptionInvalid(notAFutureText("outcome", future));
  return outcomeOf<T>(cell, await settle(cell));
}

/** Types do not keep callers in JavaScript from passing other things. */
function given(value: unknown): unknown {
  return value;
}

publish({ outcome });
