import { future } from "futureplan";
await future(() => 0); // workers are there
process.env.MODE = "late";
console.log(process.env.MODE, await future(() => process.env.MODE));
// Prints:
// late late
