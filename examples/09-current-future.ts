/** Inside a future, `currentFuture()` tells which one it is; at home there is none. */

import { currentFuture, future, value } from "futureplan";

const describe = (): string => {
  const self = currentFuture();
  return self === undefined ? "at home" : `${self.label}, attempt ${self.attempt}, aborted: ${self.signal.aborted}`;
};

console.log(describe());
console.log(await value(future(describe, { label: "report" })));

// Prints:
// at home
// report, attempt 1, aborted: false
