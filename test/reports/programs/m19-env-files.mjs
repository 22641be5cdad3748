// Variables from files, of replaced and kept environments, deleted ones; what a future sets ends with it.
import { future, futureMap } from "futureplan";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
const read = () => process.env.REPORT_MODE ?? "none";
await futureMap([1, 2, 3, 4], read);
const folder = mkdtempSync(join(tmpdir(), "env-"));
writeFileSync(join(folder, ".env"), "REPORT_MODE=file\n");
process.loadEnvFile(join(folder, ".env"));
rmSync(folder, { recursive: true });
console.log(await future(read));
const kept = process.env;
process.env = { ...kept, REPORT_MODE: "replaced" };
console.log(await future(read));
process.env = kept;
console.log(await future(read));
delete process.env.REPORT_MODE;
console.log(await future(read));
Object.defineProperty(process.env, "REPORT_MODE", { value: "defined", configurable: true, enumerable: true, writable: true });
console.log((await futureMap([1, 2, 3], read)).join());
// Prints:
// file
// replaced
// file
// none
// defined,defined,defined
