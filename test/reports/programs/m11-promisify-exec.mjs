import { future } from "futureplan";
import { exec } from "node:child_process"; import { promisify } from "node:util";
const sh = promisify(exec);
console.log(await future(async () => (await sh("echo hi")).stdout).then((v) => v, (e) => e.message));
// Prints:
// hi
