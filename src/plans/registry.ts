/**
 * Every backend by name, as data: what it can do, which options of its own it takes, and how its code is loaded.
 * The dynamic imports below are the only way from here to `backends/`.
 */

// The exemption of the import table: see `design.md`.
// oxlint-disable no-restricted-imports

import { PlanInvalid } from "../errors/errors.ts";
import { unknownPlanText } from "../errors/words.ts";
import type { Capabilities } from "./Capabilities.ts";
import { expandWorkers, readClusterOptions } from "./clusterOptions.ts";
import type { OptionReader } from "./OptionReader.ts";

export interface BackendEntry {
  readonly capabilities: Capabilities;
  /** Reads the options that only this backend understands; they become `PlanOptions.extra`. Absent: there are none. */
  readonly readExtra?: (read: OptionReader) => Readonly<Record<string, unknown>>;
  /** Rewrites the options before any is read: `workers` may be a list. */
  readonly expand?: (input: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  /** File beside the bundles that holds the same module, where it can be loaded synchronously. */
  readonly built?: string;
  /** Loads the backend's module: a `BackendModule`, checked by whoever opens it. */
  readonly load: () => Promise<unknown>;
}

const onThisMachine: Capabilities = {
  parallel: true,
  remote: false,
  sharedMemory: false,
  interrupts: true,
  chdir: false,
  isolated: true,
  processes: false,
};

const entries = new Map<string, BackendEntry>([
  [
    "sequential",
    {
      capabilities: { ...onThisMachine, parallel: false, sharedMemory: true, interrupts: false, chdir: true, isolated: false },
      built: "sequential.js",
      load: () => import("../backends/sequential.ts"),
    },
  ],
  [
    "multicore",
    { capabilities: { ...onThisMachine, sharedMemory: true }, built: "multicore.js", load: () => import("../backends/multicore.ts") },
  ],
  [
    "multisession",
    {
      capabilities: { ...onThisMachine, chdir: true, processes: true },
      built: "multisession.js",
      load: () => import("../backends/multisession.ts"),
    },
  ],
  [
    "cluster",
    {
      capabilities: { ...onThisMachine, remote: true, chdir: true, processes: true },
      expand: expandWorkers,
      readExtra: readClusterOptions,
      built: "cluster.js",
      load: () => import("../backends/cluster.ts"),
    },
  ],
]);

/** The entry of a plan's name. Throws `PlanInvalid` when there is none. */
export function backendEntry(name: string): BackendEntry {
  const entry = entries.get(name);
  if (entry === undefined) throw new PlanInvalid(unknownPlanText(name, backendNames()));
  return entry;
}

/** All names that `plan()` takes. */
export function backendNames(): readonly string[] {
  return [...entries.keys()];
}

/** Adds a backend under a new name. */
export function addBackend(name: string, entry: BackendEntry): void {
  entries.set(name, entry);
}
