/**
 * How many cores this process may use: the least of what the machine, its affinity mask, its cgroups and the
 * batch system's environment say. Sources and their order are those of R's `parallelly::availableCores`.
 */

import * as os from "node:os";
import { join, posix } from "node:path";
import { currentSession } from "../session/currentSession.ts";

/** Each source that had something to say, with what it said. */
export type CoreFindings = Readonly<Record<string, number>>;

/** Where to look; tests hand in their own. */
export interface CoreSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Directory that stands for `/`. */
  readonly root: string;
  readonly system: number;
  /** What the operating system says about this process's affinity. */
  readonly parallelism: number;
}

/** The number of cores for this process: at least 1; inside a worker, its share. */
export function countCores(): number {
  return Math.max(1, Math.min(...Object.values(findCores())));
}

/** Every finding by its source's name. */
export function findCores(sources: CoreSources = thisMachine()): CoreFindings {
  const { worker } = currentSession();
  const findings: [string, number | undefined][] = [
    ["system", sources.system],
    ["affinity", sources.parallelism],
    ["/proc/self/status", allowedCpus(readText(sources.root, "proc/self/status"))],
    ...cgroupFindings(sources.root),
    ...schedulerFindings(sources.env),
    ["worker", worker?.cores],
  ];
  return Object.fromEntries(findings.filter((finding): finding is [string, number] => finding[1] !== undefined));
}

function thisMachine(): CoreSources {
  return { env: process.env, root: "/", system: os.cpus().length || 1, parallelism: os.availableParallelism() };
}

function allowedCpus(status: string | undefined): number | undefined {
  const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(status ?? "")?.[1];
  return list === undefined ? undefined : countList(list);
}

/** `0-3,8` has five. */
function countList(list: string): number | undefined {
  const sizes = list
    .trim()
    .split(",")
    .map((range) => {
      const [first, last = first] = range.split("-").map(Number);
      return first === undefined || last === undefined ? NaN : last - first + 1;
    });
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return total >= 1 ? total : undefined;
}

function cgroupFindings(root: string): [string, number | undefined][] {
  const groups = (readText(root, "proc/self/cgroup") ?? "").split("\n").map((line) => line.split(":"));
  const path = (controller: string): string => groups.find((group) => group[1]?.split(",").includes(controller))?.[2] ?? "/";
  const unified = groups.find((group) => group[0] === "0" && group[1] === "")?.[2] ?? "/";
  const v1 = "sys/fs/cgroup";
  return [
    ["cgroups.cpuset", least(levels(`${v1}/cpuset`, path("cpuset")), (at) => cpuset(root, join(at, "cpuset.cpus")))],
    [
      "cgroups.cpuquota",
      least([...levels(`${v1}/cpu`, path("cpu")), ...levels(`${v1}/cpu,cpuacct`, path("cpu"))], (at) => quotaV1(root, at)),
    ],
    ["cgroups2.cpuset.cpus.effective", least(levels(v1, unified), (at) => cpuset(root, join(at, "cpuset.cpus.effective")))],
    ["cgroups2.cpu.max", least(levels(v1, unified), (at) => quotaV2(root, at))],
  ];
}

/** A group and all above it, up to the mount; limits of each apply. */
function levels(mount: string, group: string): readonly string[] {
  const clean = posix.normalize(`/${group}`);
  const names = clean.split("/").filter((name) => name !== "" && name !== "..");
  return [mount, ...names.map((_, index) => join(mount, ...names.slice(0, index + 1)))];
}

function least(places: readonly string[], find: (place: string) => number | undefined): number | undefined {
  const found = places.map(find).filter((count) => count !== undefined);
  return found.length === 0 ? undefined : Math.min(...found);
}

function cpuset(root: string, file: string): number | undefined {
  const text = readText(root, file)?.trim();
  return text === undefined || text === "" ? undefined : countList(text);
}

function quotaV1(root: string, group: string): number | undefined {
  return quota(readText(root, join(group, "cpu.cfs_quota_us")), readText(root, join(group, "cpu.cfs_period_us")));
}

function quotaV2(root: string, group: string): number | undefined {
  const [limit, period] = readText(root, join(group, "cpu.max"))?.trim().split(" ") ?? [];
  return quota(limit, period);
}

/** Rounded, but at least 1; a negative quota or `max` is none. */
function quota(limit: string | undefined, period: string | undefined): number | undefined {
  const cores = Number(limit) / Number(period);
  return Number.isFinite(cores) && cores > 0 ? Math.max(1, Math.round(cores)) : undefined;
}

function schedulerFindings(env: CoreSources["env"]): [string, number | undefined][] {
  const variables = ["LSB_DJOB_NUMPROC", "PJM_VNODE_CORE", "PJM_PROC_BY_NODE", "PBS_NUM_PPN", "NCPUS", "NSLOTS", "SLURM_CPUS_PER_TASK"];
  const alone = env["SLURM_CPUS_PER_TASK"] === undefined && Number(env["SLURM_JOB_NUM_NODES"] ?? env["SLURM_NNODES"]) === 1;
  if (alone) variables.push("SLURM_CPUS_ON_NODE");
  return variables.map((name) => [name, positive(env[name])]);
}

function positive(text: string | undefined): number | undefined {
  const value = Number(text);
  return Number.isSafeInteger(value) && value >= 1 ? value : undefined;
}

/** The text of a file, `undefined` when it cannot be read: then that source has nothing to say. */
function readText(root: string, file: string): string | undefined {
  try {
    // Importing it by name loads its streams, for 2 ms.
    return process.getBuiltinModule("node:fs").readFileSync(join(root, file), "utf8");
  } catch {
    return undefined;
  }
}
