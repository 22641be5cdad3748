/** `currentFuture()`: what a future knows of itself. */

import { currentSession } from "../session/currentSession.ts";
import { publish } from "../session/publish.ts";
import type { FutureContext } from "../session/Session.ts";

/** The future in which this runs: its id, label, signal, worker, attempt, and `progress(fraction)`; `undefined` at home. */
export function currentFuture(): FutureContext | undefined {
  return currentSession().current();
}

publish({ currentFuture });
