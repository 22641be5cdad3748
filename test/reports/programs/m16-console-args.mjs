import { future, value } from "futureplan";
const calls = [], real = console.log; console.log = (...a) => { calls.push(a); };
await value(future(() => { console.log("saved", 3); }));
console.log = real; console.log(JSON.stringify(calls), "want", JSON.stringify([["saved 3"]]));
// Prints:
// [["saved 3"]] want [["saved 3"]]
