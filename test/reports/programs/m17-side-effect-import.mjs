import { future } from "futureplan";
import "reflect-metadata";
console.log(typeof Reflect.getMetadata, await future(() => typeof Reflect.getMetadata));
// Prints:
// function function
