/** The plans that an episode switches among. */

import { cluster, multicore, multisession, sequential, type PlanSpec } from "futureplan";
import type { BackendName, HostsFacts } from "../types.ts";
import type { Chance } from "./Chance.ts";

export interface Variant {
  readonly strata: readonly [PlanSpec, ...PlanSpec[]];
  readonly isolated: boolean;
  readonly processes: boolean;
  /** Several futures at once in a worker. */
  readonly together: boolean;
}

export function variant(backend: BackendName, chance: Chance, mark: string, hosts: HostsFacts | undefined): Variant {
  const env = { CHAOS_MARK: mark, NODE_OPTIONS: "--max-old-space-size=64", NODE_NO_WARNINGS: "1" };
  const concurrency = chance.of([1, 1, 1, 3]);
  const common = {
    concurrency,
    grace: chance.of([20, 100]),
    maxFutures: chance.of([Infinity, Infinity, 9]),
    idleTimeout: chance.of([Infinity, 5]),
    env,
  };
  const local = { ...common, workers: chance.integer(1, 4), oversubscribe: true };
  const below = chance.oneIn(4) ? [multicore({ workers: 1 })] : [];
  const together = concurrency > 1;
  switch (backend) {
    case "sequential":
      return { strata: [sequential(), ...below], isolated: false, processes: false, together: false };
    case "multicore":
      return { strata: [multicore(local), ...below], isolated: true, processes: false, together };
    case "multisession":
      return { strata: [multisession(local), ...below], isolated: true, processes: true, together };
    case "cluster":
      return { strata: [clusterOf(common, hosts)], isolated: true, processes: true, together };
    case "mixed":
      return variant(chance.of(["sequential", "multicore", "multisession", "cluster"]), chance, mark, undefined);
  }
}

/** One worker stays on this machine, so that there is always one. */
function clusterOf(common: object, hosts: HostsFacts | undefined): PlanSpec {
  if (hosts === undefined) return cluster({ ...common, workers: ["localhost", "localhost"] });
  const workers = ["localhost", ...hosts.names, ...hosts.names];
  return cluster({ ...common, workers, sshConfig: hosts.config, heartbeat: 500, connectTimeout: 10_000 });
}
