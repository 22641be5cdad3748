/**
 * A backend of one's own: processes that leave the processor to others (`nice`). What it can do is declared, how a
 * worker is started is told; queue, life cycle and everything else are the library's. The published suite checks it.
 */

import { fileURLToPath } from "node:url";
import { future, value, withPlan } from "futureplan";
import { defineBackend, localProcess, processChannel, workerProgram } from "futureplan/backend";

/** Futures made inside futures look the plan up by its name, in the worker: import this file there too. */
export const setup = () => import("./14-own-backend.mjs");

export const polite = defineBackend({
  name: "polite",
  capabilities: {
    parallel: true,
    remote: false,
    sharedMemory: false,
    interrupts: true,
    chdir: true,
    isolated: true,
    processes: true,
  },
  environment: (seat) => launchOf(seat).env,
  open: (seat) => processChannel(launchOf(seat)),
});

function launchOf({ options }) {
  const { execPath, execArgv, env } = process;
  const { threadsPerWorker, env: extra } = options;
  const launch = localProcess({ execPath, execArgv, env, program: fileURLToPath(workerProgram()), threadsPerWorker, extra });
  return { ...launch, command: "nice", args: ["-n", "5", launch.command, ...launch.args] };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const answer = await withPlan(polite({ workers: 1 }), () => value(future(() => 6 * 7)));
  console.log(answer);

  const { runConformance } = await import("futureplan/testing");
  const { ok, failed } = await runConformance(polite({ workers: 2, oversubscribe: true, setup }), {
    preamble: `await import(${JSON.stringify(import.meta.url)});`,
    only: "value",
  });
  console.log(ok.length > 0, failed);
}

// Prints:
// 42
// true []
