/** What a future prints is captured and replayed at home, in order, when its value is asked for. */

import { future, outcome, value } from "futureplan";

const greet = (name: string): string => {
  console.log(`hello from ${name}`);
  return name.toUpperCase();
};

const first = future(() => greet("first"));
const second = future(() => greet("second"));
console.log(await value([first, second]));

const quiet = future(() => greet("quiet"), { output: "discard" });
console.log(await value(quiet));

const { status, output } = await outcome(future(() => greet("third")));
console.log(status, output);

// Prints:
// hello from first
// hello from second
// [ 'FIRST', 'SECOND' ]
// QUIET
// finished [ { type: 'console', method: 'log', text: 'hello from third' } ]
