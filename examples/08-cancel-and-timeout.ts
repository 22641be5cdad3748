/**
 * Futures can be stopped by hand, by a signal or by the clock: what runs sees its own signal abort, and a worker that
 * does not heed it is ended. `reset` makes a settled future runnable again.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { cancel, currentFuture, future, outcome, reset, value } from "futureplan";

const forever = (): Promise<string> => sleep(60_000, "late", { signal: currentFuture()?.signal });

const long = future(forever);
cancel(long);
console.log((await outcome(long)).status);

const abort = new AbortController();
const aborted = future(forever, { signal: abort.signal });
abort.abort();
console.log((await outcome(aborted)).status);

const timed = future(forever, { timeout: 50 });
console.log(await value(timed).catch((error: Error) => error.name));

const quick = future(() => "done");
await value(quick);
reset(quick);
console.log(await value(quick));

// Prints:
// canceled
// canceled
// FutureTimeout
// done
