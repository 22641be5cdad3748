/** Running futures can be canceled, by hand, by a signal or by the clock; `reset` makes one runnable again. */

import { setTimeout as sleep } from "node:timers/promises";
import { FutureInterrupted, cancel, future, outcome, reset, value } from "futureplan";

const forever = (): Promise<string> => sleep(60_000, "late");

const long = future(forever);
cancel(long);
console.log((await outcome(long)).error instanceof FutureInterrupted);

const abort = new AbortController();
const aborted = future(forever, { signal: abort.signal });
abort.abort();
console.log((await outcome(aborted)).error instanceof FutureInterrupted);

const timed = future(forever, { timeout: 50 });
console.log(await value(timed).catch((error: Error) => error.name));

const quick = future(() => "done");
await value(quick);
reset(quick);
console.log(await value(quick));

// Prints:
// true
// true
// FutureTimeout
// done
