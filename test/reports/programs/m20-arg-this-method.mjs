import { future } from "futureplan";
console.log(typeof future(() => 1).catch, typeof future(() => 1).finally);
// Prints:
// function function
