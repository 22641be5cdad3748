/** What outlives the future that makes it: resources of `workerLocal`, the workers of nested plans. */

import { currentSession } from "./currentSession.ts";

/** Runs `body`; inside a worker, what it opens is not counted as left behind by the running future. */
export function keep<T>(body: () => T): T {
  const { worker } = currentSession();
  return worker === undefined ? body() : worker.keep(body);
}
