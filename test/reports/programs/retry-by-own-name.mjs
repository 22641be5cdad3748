// A wrapper that retries by the name of its own function expression; a catch around it would swallow a ReferenceError.
import { future, futureMap } from "futureplan";
const retry = "a variable of another kind";
const withRetry = (fn, left) =>
  (function retry(tries) {
    return async (...args) => {
      try {
        return await fn(...args, tries);
      } catch (error) {
        return tries === 0 ? `gave up: ${error.message}` : retry(tries - 1)(...args);
      }
    };
  })(left);
const flaky = (x, tries) => {
  if (tries > x) throw new Error("busy");
  return [x, tries];
};
const safe = withRetry(flaky, 3);
console.log(await future(() => safe(1)), await futureMap([0, 2, 5], (x) => safe(x)), retry);
// Prints:
// [ 1, 1 ] [ [ 0, 0 ], [ 2, 2 ], [ 5, 3 ] ] a variable of another kind
