/** A lazy future starts at the first `resolved`, `resolve` or `value`; `resolved` asks without waiting. */

import { future, resolve, resolved, value } from "futureplan";

const f = future(() => 6 * 7, { lazy: true });
const g = future(() => "eager");

await resolve(g);
console.log(resolved(g));

console.log(resolved(f)); // launches it
await resolve(f);
console.log(resolved([f, g]), await value(f));

// Prints:
// true
// false
// true 42
