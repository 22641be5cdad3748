/** Installs, before any test begins, the packages that programs from reports use, apart from the project's own; once for a checkout. */

import { execFileSync } from "node:child_process";
import { existsSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));

export function setup(): void {
  const installed = join(folder, "node_modules");
  if (!existsSync(installed))
    execFileSync("npm", ["ci", "--ignore-scripts", "--silent", "--no-audit", "--no-fund"], { cwd: folder, stdio: "inherit" });
  if (!existsSync(join(installed, "futureplan"))) symlinkSync("../../..", join(installed, "futureplan"));
}
