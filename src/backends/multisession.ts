/** `multisession`: every worker is a process of its own on this machine. */

import type { Backend, BackendContext } from "../core/Backend.ts";
import { localProcess } from "../launchers/localProcess.ts";
import { workerProgramWords } from "../platform/workerProgram.ts";
import { backendEntry } from "../plans/registry.ts";
import type { Channel } from "../transport/Channel.ts";
import { openPool } from "./pool/openPool.ts";
import type { WorkerSeat } from "./pool/PoolDefinition.ts";
import { processChannel } from "./processChannel.ts";

const name = "multisession";

export function open(context: BackendContext): Backend {
  return openPool(context, { name, capabilities: backendEntry(name).capabilities, open: openProcess });
}

function openProcess({ options }: WorkerSeat): Channel {
  const { execPath, execArgv, env } = process;
  const { threadsPerWorker, env: extra } = options;
  return processChannel(localProcess({ execPath, execArgv, env, program: workerProgramWords(), threadsPerWorker, extra }));
}
