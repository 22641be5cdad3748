/** What cases find when they run: the plan under test is set, with workers that stay warm from case to case. */

import type { Arguments, Context } from "./Case.ts";
import { captureOutput } from "./host/captureOutput.ts";
import { runScript } from "./host/runScript.ts";
import { openScratch } from "./host/scratch.ts";
import { plan, shutdown, tweak, type PlanSpec } from "../index.ts";
import { backendEntry } from "../plans/registry.ts";

export interface Suite {
  readonly plan: PlanSpec;
  readonly capabilities: Context["capabilities"];
  /** The context of one case. */
  context(args: Arguments): Context;
  /** Puts the former plan back and removes every file. */
  close(): Promise<void>;
}

/** Sets the plan under test. `preamble` is source that child scripts run first, to register a backend that is not the library's own. */
export function openContext(spec: PlanSpec | string, preamble: string, deadline: number): Suite {
  const before = plan(spec);
  const [current] = plan();
  const { capabilities } = backendEntry(current.backend);
  const single = capabilities.parallel ? tweak(current, { workers: 1 }) : current;
  const scratch = openScratch();
  return {
    plan: current,
    capabilities,
    context: (args) => ({
      ...args,
      plan: current,
      single,
      capabilities,
      captureOutput,
      runScript: (source, options) => runScript({ directory: scratch.directory(), plan: current, preamble, deadline }, source, options),
      importFiles: (files) => scratch.importFiles(files),
      directory: () => scratch.directory(),
    }),
    close: async () => {
      plan(before);
      await shutdown();
      scratch.remove();
    },
  };
}
