/** What is done to futures, workers, plans and hosts while an episode runs. */

import type { HomeSettings, HostVerb } from "../types.ts";
import type { Chance } from "./Chance.ts";
import { localWorkers, signal } from "./localFaults.ts";
import type { Variant } from "./plans.ts";
import { hostFault } from "./remoteFaults.ts";
import { wait } from "./wait.ts";

export interface FaultTools {
  readonly chance: Chance;
  readonly settings: HomeSettings;
  /** Whether a process has run anything yet. */
  hasBegun(pid: number): boolean;
  /** What is pending may lose its worker; `lasting`: what is made from now on, too. */
  expose(lasting: boolean): void;
  /** Cancels one of those that are pending. */
  stop(interrupt: boolean): void;
  switchPlan(): void;
  shutDown(): Promise<void>;
  /** Runs some futures under a plan of their own. */
  within(): Promise<void>;
}

export interface Fault {
  readonly name: string;
  readonly weight: number;
  readonly needs?: (variant: Variant, settings: HomeSettings) => boolean;
  /** What goes on for a while is a promise. */
  happen(tools: FaultTools): Promise<void> | void;
}

const hasProcesses = ({ processes }: Variant): boolean => processes;
const hasHosts = ({ strata: [{ backend }] }: Variant, { hosts }: HomeSettings): boolean => backend === "cluster" && hosts !== undefined;

/** Only one host suffers at a time: the others are to take over. */
let suffering: Promise<void> = Promise.resolve();

function remote(name: string, weight: number, ...script: readonly (HostVerb | number)[]): Fault {
  return {
    name,
    weight,
    needs: hasHosts,
    happen: ({ chance, settings: { hosts }, expose }) => {
      expose(true);
      const host = chance.of(hosts?.names ?? []);
      suffering = suffering.then(async () => {
        for (const step of script) await (typeof step === "number" ? wait(step) : hostFault(host, step));
      });
      return suffering;
    },
  };
}

const onFutures: readonly Fault[] = [
  { name: "cancel", weight: 40, happen: ({ stop }) => stop(true) },
  { name: "cancel without interrupt", weight: 10, happen: ({ stop }) => stop(false) },
];

const onPlans: readonly Fault[] = [
  { name: "plan switched", weight: 6, happen: ({ switchPlan }) => switchPlan() },
  { name: "withPlan", weight: 4, happen: ({ within }) => within() },
  { name: "shutdown", weight: 1, happen: ({ shutDown }) => shutDown() },
];

const onWorkers: readonly Fault[] = [
  {
    name: "SIGKILL",
    weight: 24,
    needs: hasProcesses,
    happen: ({ chance, expose, hasBegun }) => {
      // One that is killed three times while it starts is given up, and rightly.
      const workers = localWorkers().filter(hasBegun);
      if (workers.length === 0) return undefined;
      expose(false);
      signal(chance.of(workers), "SIGKILL");
      return undefined;
    },
  },
  {
    name: "SIGSTOP and SIGCONT",
    weight: 18,
    needs: hasProcesses,
    happen: ({ chance }) => {
      const workers = localWorkers();
      if (workers.length === 0) return undefined;
      const pid = chance.of(workers);
      if (!signal(pid, "SIGSTOP")) return undefined;
      return wait(chance.integer(1, 200)).then(() => void signal(pid, "SIGCONT"));
    },
  },
];

const onHosts: readonly Fault[] = [
  remote("SIGKILL on a host", 12, "kill"),
  remote("SSH session killed", 6, "session"),
  remote("link down for 0.3 s", 6, "linkDown", 300, "linkUp"),
  remote("link down for 3 s", 2, "linkDown", 3000, "linkUp"),
  remote("host crashed, and booted", 2, "crash", "boot"),
];

export const faults: readonly Fault[] = [...onFutures, ...onPlans, ...onWorkers, ...onHosts];
