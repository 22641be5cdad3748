// Packages travel by reference under tsx, too: what a table is an instance of is what the worker itself imports.
import BN from "bn.js";
import { tableFromArrays, type Table } from "apache-arrow";
import { future } from "futureplan";
import { DateTime } from "luxon";
import moment from "moment";
enum Unit {
  Day = "day",
}
const table: Table = tableFromArrays({ a: [1, 2, 3] });
const big = new BN(5);
const when = DateTime.fromMillis(0, { zone: "utc" });
const start = moment.utc(0);
const same = await future(async () => {
  const there = [(await import("apache-arrow")).Table, (await import("bn.js")).default, (await import("luxon")).DateTime];
  return [table, big, when].map((one, at) => one.constructor === there[at]);
});
console.log(same, await future(() => [table.numRows, big.add(big).toString(), when.plus({ [Unit.Day]: 1 }).toISODate()]));
console.log(await future(() => start.clone().add(1, Unit.Day).toISOString()));
// Prints:
// [ true, true, true ] [ 3, '10', '1970-01-02' ]
// 1970-01-02T00:00:00.000Z
