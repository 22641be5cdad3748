// What a program configured in a package is unknown to workers: it is warned of, once for each package.
import { future } from "futureplan";
import Decimal from "decimal.js";
import dayjs from "dayjs";
import utc from "dayjs/plugin/utc.js";
const warned = [];
process.on("warning", ({ code, message }) => warned.push(`${code} ${/package (\S+),/.exec(message)?.[1]} ${/mjs:\d+/.exec(message)?.[0]} ${message.includes("everywhere(")}`));
Decimal.set({ precision: 40 });
dayjs.extend(utc);
const third = () => new Decimal(1).div(3).toString();
console.log(third() === (await future(third)), third() === (await future(third)));
console.log(await future(() => dayjs.utc("2020-01-31").year()).then(String, () => "no plugin"));
console.log(warned.join("\n"));
// Prints:
// false false
// no plugin
// FUTURE_PACKAGE_STATE decimal.js mjs:8 true
// FUTURE_PACKAGE_STATE dayjs mjs:9 true
// Prints under sequential:
// true true
// 2020
