/** Bundles the program host and runs programs with plain `node`. */

import { execFileSync, type ExecFileSyncOptions } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import type { Program, ProgramResult } from "./Program.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../../../..", import.meta.url));

/** Runs all programs in one process; `node` may name another version. */
export function runPrograms(programs: readonly Program[], node: string = process.execPath): Map<string, ProgramResult> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "futureplan-host-")));
  const options: ExecFileSyncOptions = { stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1e9 };
  try {
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction"); // where the parser is found
    buildSync({
      entryPoints: [
        { in: join(here, "programHost.ts"), out: "programHost" },
        { in: join(here, "programWorker.ts"), out: "programWorker" },
        { in: join(root, "src/globals/snapshot.ts"), out: "library" },
      ],
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20.19",
      keepNames: true,
      outdir: folder,
      outExtension: { ".js": ".mjs" },
    });
    writeFileSync(join(folder, "programs.json"), JSON.stringify(programs));
    const output = String(
      execFileSync(node, [join(folder, "programHost.mjs"), join(folder, "programs.json"), join(folder, "programWorker.mjs")], options),
    );
    const lines = output.split("\n").filter((line) => line.startsWith("@@"));
    return new Map(lines.map((line) => JSON.parse(line.slice(2)) as ProgramResult).map((result) => [result.title, result]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
