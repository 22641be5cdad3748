/** Endless input: elements are read no further ahead than workers need, and `break` stops everything. */

import { futureStream } from "futureplan";

function* numbers(): Generator<number> {
  for (let n = 2; ; n++) yield n;
}

const isPrime = (n: number): boolean => {
  for (let divisor = 2; divisor * divisor <= n; divisor++) if (n % divisor === 0) return false;
  return true;
};

const primes: number[] = [];
for await (const [n, prime] of futureStream(numbers(), (n): [number, boolean] => [n, isPrime(n)])) {
  if (prime) primes.push(n);
  if (primes.length === 5) break;
}
console.log(primes);

// Prints:
// [ 2, 3, 5, 7, 11 ]
