/**
 * `multisession`: every worker is a process of its own on this machine. Messages travel on file descriptor 3;
 * what a worker writes on 1 and 2 is passed on, and the last lines of 2 are kept to explain its death.
 */

import { spawn, type ChildProcess } from "node:child_process";
import { Duplex, type Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Backend, BackendContext } from "../core/Backend.ts";
import { localProcess, type Launch } from "../launchers/localProcess.ts";
import { workerProgramUrl } from "../platform/workerProgram.ts";
import { backendEntry } from "../plans/registry.ts";
import type { PlanOptions } from "../plans/PlanSpec.ts";
import type { Channel, ChannelEnd } from "../transport/Channel.ts";
import { streamChannel } from "../transport/streamChannel.ts";
import { openPool } from "./pool/openPool.ts";
import { LastLines } from "./LastLines.ts";

const name = "multisession";

export function open(context: BackendContext): Backend {
  return openPool(context, {
    name,
    capabilities: backendEntry(name).capabilities,
    open: ({ options }) => processChannel(launchHere(options)),
  });
}

/** How a worker of this plan is started as a process on this machine. */
function launchHere({ env, threadsPerWorker }: PlanOptions): Launch {
  const program = fileURLToPath(workerProgramUrl());
  return localProcess({ execPath: process.execPath, execArgv: process.execArgv, env: process.env, program, threadsPerWorker, extra: env });
}
