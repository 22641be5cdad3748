// Scales are closures of d3-scale whose parameters are called like what its modules import; the functions imported stay themselves.
import { future } from "futureplan";
import { scaleLinear, scalePow } from "d3-scale";
import { add, map } from "ramda";
const scale = scaleLinear([0, 10], [0, 100]);
const root = scalePow([0, 16], [0, 4]).exponent(0.5);
const own = { add: (a, b) => `${a}${b}`, list: [1, 2] };
const shadow = ({ add, list: map }) => future(() => [add(1, 2), map.length]);
console.log(await future(() => [scale(5), scale.invert(50), scale.ticks(3), root(4)]));
console.log(await shadow(own), await future(() => [own.add(3, 4), own.list, add(1, 2), map(add(1), [1])]));
// Prints:
// [ 50, 5, [ 0, 5, 10 ], 2 ]
// [ '12', 2 ] [ '34', [ 1, 2 ], 3, [ 2 ] ]
