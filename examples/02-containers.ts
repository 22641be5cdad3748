/** `value` takes containers of futures and gives the same shape with values. */

import { future, value } from "futureplan";

const square = (x: number): number => x * x;

const list = [1, 2, 3].map((x) => future(() => square(x)));
console.log(await value(list));

const record = { small: future(() => square(2)), large: future(() => square(20)), plain: "as it is" };
console.log(await value(record));

const map = new Map([["three", future(() => square(3))]]);
console.log(await value(map));

const sum = await value(list, { reduce: (total: number, x: number) => total + x, initial: 0 });
console.log(sum);

// Prints:
// [ 1, 4, 9 ]
// { small: 4, large: 400, plain: 'as it is' }
// Map(1) { 'three' => 9 }
// 14
