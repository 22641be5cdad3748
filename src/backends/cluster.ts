/** `cluster`: every worker is a process on another host, reached over SSH; or here, for `"localhost"`. */

import type { Backend, BackendContext } from "../core/Backend.ts";
import { localProcess, type Launch } from "../launchers/localProcess.ts";
import { clusterExtra } from "../plans/clusterOptions.ts";
import { hostKey, parseHosts, type HostSpec } from "../plans/HostSpec.ts";
import type { PlanOptions } from "../plans/PlanSpec.ts";
import { backendEntry } from "../plans/registry.ts";
import { workerProgramWords } from "../platform/workerProgram.ts";
import { ClusterHost, type HostOptions } from "./cluster/ClusterHost.ts";
import { Gate } from "./cluster/Gate.ts";
import { Passphrases } from "./cluster/Passphrases.ts";
import { remoteChannel } from "./cluster/remoteChannel.ts";
import { openPool } from "./pool/openPool.ts";
import { processChannel } from "./processChannel.ts";

const name = "cluster";
/** Connections that are being made at once. */
const batch = 8;

export function open(context: BackendContext): Backend {
  const { options } = context.spec;
  const { hosts: given, minWorkers, packages, sshConfig, passphrase } = clusterExtra(options.extra);
  const passphrases = passphrase === undefined ? undefined : new Passphrases(passphrase);
  const specs = given ?? parseHosts(Array.from({ length: options.workers ?? 1 }, () => "localhost"));
  const hosts = openHosts(specs, { sshConfig, passphrases, heartbeat: options.heartbeat, connectTimeout: options.connectTimeout });
  const hostOf = (number: number): HostSpec | undefined => specs[number - 1];
  return openPool(context, {
    name,
    capabilities: backendEntry(name).capabilities,
    minWorkers,
    shipsPackages: packages === "ship",
    shipsEffects: options.sideEffectImports,
    isHere: (number) => hostOf(number)?.launch === "local",
    environment: ({ number }) => {
      const spec = hostOf(number);
      return spec?.launch === "local" ? launchHere(spec, options).env : undefined;
    },
    nameSeat: (number) => `${name}/${number}@${hostOf(number)?.host ?? ""}`,
    open: ({ number }) => {
      const spec = hostOf(number);
      const host = spec === undefined ? undefined : hosts.get(hostKey(spec));
      if (spec === undefined || host === undefined) throw new Error(`There is no host for worker ${number}.`);
      return spec.launch === "local" ? processChannel(launchHere(spec, options)) : remoteChannel(host, spec, options);
    },
  });
}

/** One for all workers that can share connections. */
function openHosts(specs: readonly HostSpec[], options: HostOptions): ReadonlyMap<string, ClusterHost> {
  const gate = new Gate(batch);
  return new Map(specs.map((spec) => [hostKey(spec), new ClusterHost(spec, options, gate)]));
}

function launchHere(spec: HostSpec, { threadsPerWorker, env: planned, cwd }: PlanOptions): Launch {
  const { execArgv, env } = process;
  const execPath = spec.node === "node" ? process.execPath : spec.node;
  const extra = { ...planned, ...spec.env };
  const launch = localProcess({ execPath, execArgv, env, program: workerProgramWords(), threadsPerWorker, extra });
  return { ...launch, cwd: spec.cwd ?? cwd };
}
