/** Runs a module in a process of its own: for what only a whole process shows (its exit, its flags, its streams). */

import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import type { PlanSpec } from "../../index.ts";

export interface ScriptOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Options of `node` itself. */
  readonly execArgv?: readonly string[];
  /** Hand the source over on the command line, as `node -e` does. */
  readonly inline?: boolean;
  /** Leave the plan to the script or to the environment. */
  readonly setPlan?: boolean;
}

export interface ScriptResult {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What every script of one run of the suite has in common. */
export interface ScriptSetting {
  readonly directory: string;
  readonly plan: PlanSpec;
  /** Source that registers the backend under test, where it is not one of the library's own. */
  readonly preamble: string;
  /** Milliseconds after which the process is killed, which the case then notices. */
  readonly deadline: number;
}

/** Writes `source` to a file, runs it with `node` and gives what it wrote and how it ended. */
export function runScript(setting: ScriptSetting, source: string, options: ScriptOptions = {}): Promise<ScriptResult> {
  const file = join(setting.directory, "script.mjs");
  const {
    backend,
    options: { workers, extra },
  } = setting.plan;
  const given = { ...extra, workers };
  const setPlan = `fp.plan(${JSON.stringify(backend)}${workers === undefined ? "" : `, ${JSON.stringify(given)}`});`;
  const head = [
    `import * as fp from ${JSON.stringify(import.meta.resolve("futureplan"))};`,
    setting.preamble,
    options.setPlan === false ? "" : setPlan,
  ];
  const text = `${head.join("\n")}\n${source}\n`;
  writeFileSync(file, text);
  const { FUTURE_PLAN: _plan, FUTURE_WORKERS: _workers, NODE_OPTIONS: _options, ...inherited } = process.env;
  const program = options.inline === true ? ["--input-type=module", "-e", text] : [file];
  const child = spawn(process.execPath, [...(options.execArgv ?? []), ...program], {
    cwd: setting.directory,
    env: { ...inherited, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: setting.deadline,
    killSignal: "SIGKILL",
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code, signal) => done({ code, signal, stdout, stderr }));
  });
}
