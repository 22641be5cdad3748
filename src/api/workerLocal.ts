/** `workerLocal()`: for what cannot travel, and should live longer than one future. */

import { WorkerLocal } from "../core/WorkerLocal.ts";
import { OptionInvalid } from "../errors/errors.ts";
import { describeKind, optionText } from "../errors/words.ts";
import { publish } from "../session/publish.ts";

/**
 * A handle that futures may capture; `handle.get()` makes the resource once per worker (a database pool, a model) and keeps
 * it across futures. At home it makes one for this process.
 *
 * @example
 * const db = workerLocal(() => new Pool(config));
 * future(() => db.get().query("…"));
 */
export function workerLocal<T>(make: () => T): WorkerLocal<T> {
  if (typeof make !== "function") throw new OptionInvalid(optionText("workerLocal()", "make", "a function", make, describeKind));
  return new WorkerLocal(make);
}

publish({ workerLocal, WorkerLocal });
