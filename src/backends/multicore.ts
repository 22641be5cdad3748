/** `multicore`: every worker is a thread of this process. */

import type { Backend, BackendContext } from "../core/Backend.ts";
import { workerEnvironment } from "../launchers/localProcess.ts";
import { workerProgramUrl } from "../platform/workerProgram.ts";
import { backendEntry } from "../plans/registry.ts";
import type { Channel } from "../transport/Channel.ts";
import { threadChannel } from "../transport/threadChannel.ts";
import { ThreadMemory } from "../transport/threadMemory.ts";
import { openThread } from "./openThread.ts";
import { openPool } from "./pool/openPool.ts";
import type { Variables, WorkerSeat } from "./pool/PoolDefinition.ts";
import { threadLoaders } from "./threadLoaders.ts";

const name = "multicore";

export function open(context: BackendContext): Backend {
  const loaders = threadLoaders(process.execArgv, process.versions.node, process.cwd());
  return openPool(context, { name, capabilities: backendEntry(name).capabilities, loaders, environment, open: threadWorker });
}

function environment({ options }: WorkerSeat): Variables {
  return { ...workerEnvironment(process.env), ...options.env };
}

function threadWorker(seat: WorkerSeat): Channel {
  const { buffer: memory } = new ThreadMemory();
  const { name } = seat;
  const worker = openThread(workerProgramUrl(), process.execArgv, { name, env: environment(seat), workerData: { futureplan: { memory } } });
  return threadChannel(worker, memory);
}
