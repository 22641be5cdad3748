// The same with everywhere(): home's values, and no warning.
import { everywhere, future, futureMap } from "futureplan";
import Decimal from "decimal.js";
import dayjs from "dayjs";
import utc from "dayjs/plugin/utc.js";
const warned = [];
process.on("warning", ({ code }) => warned.push(code));
Decimal.set({ precision: 10 });
await everywhere(() => {
  Decimal.set({ precision: 40 });
  dayjs.extend(utc);
});
const third = () => new Decimal(1).div(3).toString();
console.log(third() === (await future(third)), third());
console.log(await future(() => dayjs.utc("2020-01-31").year()));
console.log((await futureMap([1, 2, 3, 4], (x) => new Decimal(x).div(3).toString().length)).join());
console.log(warned.length);
// Prints:
// true 0.3333333333333333333333333333333333333333
// 2020
// 42,42,1,41
// 0
