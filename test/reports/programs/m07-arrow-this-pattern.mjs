import { futureMap } from "futureplan";
class Report { rate = 2; price = ({ x }) => x * this.rate; run(rows) { return futureMap(rows, ({ x }) => x * this.rate); } pairs(rows) { return futureMap(rows, ([x, { y } = { y: 1 }, ...rest]) => [x * y * this.rate, rest]); } }
console.log(await new Report().run([{ x: 1 }]).then((v) => v, (e) => e.message));
console.log(await futureMap([{ x: 2 }, { x: 3 }], new Report().price));
console.log(await new Report().pairs([[1], [2, { y: 3 }, 4]]));
// Prints:
// [ 2 ]
// [ 4, 6 ]
// [ [ 2, [] ], [ 12, [ 4 ] ] ]
