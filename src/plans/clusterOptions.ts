/** Options that only `cluster` has. `workers` is a list of hosts there; once parsed it is their number, and `hosts` beside it. */

import { PlanInvalid } from "../errors/errors.ts";
import { parseHosts, type HostInput, type HostSpec } from "./HostSpec.ts";
import { withNodePath } from "./nodePath.ts";
import { OptionReader, type Rule } from "./OptionReader.ts";
import type { PlanOptionsInput } from "./parseOptions.ts";
import { aString, oneOf, positiveInteger, shellEnvironment } from "./rules.ts";

/** What `cluster` takes: the options of every parallel plan, and its own. */
export interface ClusterOptionsInput extends Omit<PlanOptionsInput, "workers"> {
  /** Hosts, one for each worker: `"host"`, `"user@host:port"`, `"localhost"` (a process here, without SSH), or an object. A number: so many here. Default: `availableWorkers()`. */
  readonly workers?: number | readonly (string | HostInput)[] | undefined;
  /** Path of SSH's configuration. Default `~/.ssh/config`. */
  readonly sshConfig?: string | undefined;
  /** Asked for the passphrase of a key file that needs one. */
  readonly passphrase?: ((keyFile: string) => string | Promise<string>) | undefined;
  /** Directories called `node_modules` on the hosts, where packages are found that neither the file which imports them nor `cwd` has. */
  readonly nodePath?: readonly string[] | undefined;
  /** `"ship"`: packages that futures import, and files of the option `modules`, are bundled here, by your project's `esbuild`, and sent once to each worker. Default: they have to be installed there. */
  readonly packages?: "ship" | undefined;
  /** Futures are refused when fewer workers than this can be had. Default 1. */
  readonly minWorkers?: number | undefined;
}

/** The same, parsed. */
export interface ClusterExtra {
  /** One for each worker; `undefined`: all run on this machine. */
  readonly hosts: readonly HostSpec[] | undefined;
  readonly sshConfig: string | undefined;
  readonly passphrase: ((keyFile: string) => unknown) | undefined;
  readonly minWorkers: number;
  readonly packages: "ship" | undefined;
}

/** The list of hosts apart from their number, and `nodePath` as a variable. */
export function expandWorkers(given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const input = withNodePath(given, "cluster()");
  const { workers, hosts } = input;
  if (Array.isArray(workers)) {
    const parsed = parseHosts(workers);
    return { ...input, hosts: parsed, workers: parsed.length };
  }
  if (!Array.isArray(hosts) || typeof workers !== "number") return input;
  if (workers > hosts.length) {
    throw new PlanInvalid(`Option "workers" of cluster() is ${workers}, but hosts for ${hosts.length} are known; give the list of hosts.`);
  }
  return { ...input, hosts: hosts.slice(0, workers) };
}

const aPassphrase: Rule<(keyFile: string) => unknown> = {
  expected: "a function that gives the passphrase of a key file",
  mayBeSecret: true,
  accepts: (value): value is (keyFile: string) => unknown => typeof value === "function",
};

const hostList: Rule<readonly unknown[]> = {
  expected: "an array of hosts",
  accepts: (value): value is readonly unknown[] => Array.isArray(value),
};

/** The own options of a parsed plan. */
export function clusterExtra(extra: Readonly<Record<string, unknown>>): ClusterExtra {
  return readClusterOptions(new OptionReader(extra, "cluster()", (message) => new PlanInvalid(message)));
}

export function readClusterOptions(read: OptionReader): ClusterExtra & Readonly<Record<string, unknown>> {
  const hosts = read.read("hosts", hostList, undefined);
  read.read("env", shellEnvironment, undefined); // which every plan reads, too, with a wider rule
  return {
    hosts: hosts === undefined ? undefined : parseHosts(hosts),
    sshConfig: read.read("sshConfig", aString, undefined),
    passphrase: read.read("passphrase", aPassphrase, undefined),
    minWorkers: read.read("minWorkers", positiveInteger, 1),
    packages: read.read("packages", oneOf("ship"), undefined),
  };
}
