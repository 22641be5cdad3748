/** `multisession`: every worker is a process of its own on this machine. */

import type { Backend, BackendContext } from "../core/Backend.ts";
import { localProcess, type Launch } from "../launchers/localProcess.ts";
import { workerProgramWords } from "../platform/workerProgram.ts";
import { backendEntry } from "../plans/registry.ts";
import { openPool } from "./pool/openPool.ts";
import type { WorkerSeat } from "./pool/PoolDefinition.ts";
import { processChannel } from "./processChannel.ts";

const name = "multisession";

export function open(context: BackendContext): Backend {
  const { capabilities } = backendEntry(name);
  return openPool(context, {
    name,
    capabilities,
    environment: (seat) => launchOf(seat).env,
    open: (seat) => processChannel(launchOf(seat)),
  });
}

function launchOf({ options }: WorkerSeat): Launch {
  const { execPath, execArgv, env } = process;
  const { threadsPerWorker, env: extra } = options;
  return localProcess({ execPath, execArgv, env, program: workerProgramWords(), threadsPerWorker, extra });
}
