/**
 * Which workers this process may use, by what batch systems and others left in its environment and host files. Schedulers and their order
 * are those of R's `parallelly::availableWorkers`; the first that says something counts.
 */

import { join } from "node:path";
import { PlanInvalid } from "../errors/errors.ts";
import { environmentText } from "../errors/words.ts";
import { currentSession } from "../session/currentSession.ts";
import { countCores } from "./availableCores.ts";
import { expandHostlist, mostHosts } from "./expandHostlist.ts";

/** Each source that had something to say, by its variable, with its workers. */
export type WorkerFindings = Readonly<Record<string, readonly string[]>>;

/** Where to look; tests hand in their own. */
export interface WorkerSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Directory that stands for `/`, where host files are. */
  readonly root: string;
  /** The workers on this machine when nobody names any. */
  readonly cores: number;
}

/** An environment variable, and how its value is read. `allowed` says so to users. */
interface Source<T> {
  readonly variable: string;
  readonly allowed: string;
  read(value: string, sources: WorkerSources): T;
}

interface Found<T> {
  readonly variable: string;
  readonly value: T;
}

/** A host with its slots. */
type Slots = readonly [host: string, count: number];

/** Against counts that no machine has and that would fill the memory. */
const mostWorkers = 2 ** 20;
/** A name or an address, perhaps with a user. None begins with a dash: `ssh` would take it for an option. */
const hostName = /^[\w:][\w.:%@-]*$/;

const oneHost = /^(\S+)$/;
const openMpiLine = /^(\S+)(?:\s+(?!slots=)[^\s=]+=\S*)*(?:\s+slots=(\d+))?(?:\s+(?!slots=)[^\s=]+=\S*)*$/;
const hydraLine = /^([^\s:]+)(?::(\d+))?$/;

const aCount = "a whole number of at least 1";
const hostFile = "the path of a file with a host on each line, once per slot";
const hydraFile = "the path of a file with lines such as host:2";
const hostlist = "host names separated by commas, with lists of numbers and ranges in brackets, such as n[001-003,7]";
const slurmCounts = "a number of at least 1 for each host, such as 4(x2),3";

const slurmCpus: readonly Source<readonly number[]>[] = [
  { variable: "SLURM_JOB_CPUS_PER_NODE", allowed: slurmCounts, read: parseCounts },
  { variable: "SLURM_TASKS_PER_NODE", allowed: slurmCounts, read: parseCounts },
];

const pjmCores: readonly Source<number>[] = [
  { variable: "PJM_VNODE_CORE", allowed: aCount, read: parseCount },
  { variable: "PJM_PROC_BY_NODE", allowed: aCount, read: parseCount },
];

/** One list per scheduler, in order of precedence; of its variables the first that is set counts, for all tell the same. */
const schedulers: readonly (readonly Source<readonly string[]>[])[] = [
  [
    inText(
      "FUTURE_AVAILABLE_WORKERS",
      "hosts separated by commas, blanks or line ends, each as often as it has slots, or followed by slots=n",
      /[^\s,]+(?:\s+slots=[^\s,]*)?/g,
      /^(\S+)(?:\s+slots=(\d+))?$/,
    ),
  ],
  [
    inText("LSB_HOSTS", "host names, once per slot", /[^\s,]+/g, oneHost),
    inText("LSB_MCPU_HOSTS", "host names, each followed by its number of slots", /\S+(?:\s+\S+)?/g, /^(\S+)\s+(\d+)$/),
    inFile("LSB_DJOB_HOSTFILE", hostFile, oneHost),
  ],
  [{ variable: "PJM_O_NODEINF", allowed: "the path of a file with a host on each line", read: readPjm }],
  [inFile("PBS_NODEFILE", hostFile, oneHost, together)],
  [inFile("PE_HOSTFILE", "the path of a file with lines such as: host 2 queue processors", /^(\S+)\s+(\d+)(?:\s.*)?$/, together)],
  [
    { variable: "SLURM_JOB_NODELIST", allowed: hostlist, read: readSlurm },
    { variable: "SLURM_NODELIST", allowed: hostlist, read: readSlurm },
  ],
  // What the MPI operator of Kubernetes sets for Open MPI, Intel MPI and MPICH.
  [
    inFile("OMPI_MCA_orte_default_hostfile", "the path of a file with lines such as: host slots=2", openMpiLine),
    inFile("I_MPI_HYDRA_HOST_FILE", hydraFile, hydraLine),
    inFile("HYDRA_HOST_FILE", hydraFile, hydraLine),
  ],
];

/**
 * The workers that this process may use, at least one: inside a worker `localhost` by its share, else those of the first scheduler that
 * names any, else `localhost` as often as there are cores. Throws `PlanInvalid` when what the scheduler left is malformed or unreadable.
 */
export function listWorkers(sources: WorkerSources = thisMachine()): string[] {
  const share = currentSession().worker?.cores;
  if (share !== undefined) return here(share);
  for (const scheduler of schedulers) {
    const found = readFirst(scheduler, sources);
    if (found !== undefined && found.value.length > 0) return [...found.value];
  }
  return here(sources.cores);
}

/** Every finding by its variable, and `localhost`. Throws `PlanInvalid` as soon as one is malformed or unreadable. */
export function findWorkers(sources: WorkerSources = thisMachine()): WorkerFindings {
  const share = currentSession().worker?.cores;
  const findings = schedulers.map((scheduler) => readFirst(scheduler, sources)).filter((found) => found !== undefined);
  return Object.fromEntries([
    ...(share === undefined ? [] : [["worker", here(share)]]),
    ...findings.filter(({ value }) => value.length > 0).map(({ variable, value }) => [variable, value]),
    ["localhost", here(sources.cores)],
  ]);
}

/** The variable holds the hosts. `entries` finds each with its slots, `pattern` takes it apart. */
function inText(variable: string, allowed: string, entries: RegExp, pattern: RegExp): Source<readonly string[]> {
  return { variable, allowed, read: (text) => repeat(parseAll(text.match(entries) ?? [], pattern)) };
}

/** The variable names a file. `pattern` takes a line apart, `arrange` puts the hosts in order. */
function inFile(
  variable: string,
  allowed: string,
  pattern: RegExp,
  arrange: (slots: readonly Slots[]) => readonly Slots[] = (slots) => slots,
): Source<readonly string[]> {
  return { variable, allowed, read: (path, { root }) => repeat(arrange(parseAll(readLines(root, path), pattern))) };
}

function thisMachine(): WorkerSources {
  return { env: process.env, root: "/", cores: countCores() };
}

function here(count: number): string[] {
  return Array.from({ length: count }, () => "localhost");
}

/** What the first variable that is set says; an empty one is none. */
function readFirst<T>(candidates: readonly Source<T>[], sources: WorkerSources): Found<T> | undefined {
  for (const { variable, allowed, read } of candidates) {
    const text = sources.env[variable]?.trim() ?? "";
    if (text === "") continue;
    try {
      return { variable, value: read(text, sources) };
    } catch (cause) {
      // A variable that another one needs has told about itself.
      throw cause instanceof PlanInvalid ? cause : new PlanInvalid(environmentText(variable, text, allowed, cause), { cause });
    }
  }
  return undefined;
}

/** All CPUs of the job on each node. Steps have fewer tasks, but the nodes and CPUs of the whole job. */
function readSlurm(nodes: string, sources: WorkerSources): string[] {
  const hosts = expandHostlist(nodes);
  const counts = readFirst(slurmCpus, sources);
  if (counts !== undefined && counts.value.length !== hosts.length)
    throw new Error(`It names ${hosts.length} hosts, but ${counts.variable} counts for ${counts.value.length}.`);
  return repeat(hosts.map((host, index) => [host, counts?.value[index] ?? 1]));
}

function readPjm(path: string, sources: WorkerSources): string[] {
  const cores = readFirst(pjmCores, sources)?.value ?? 1;
  return repeat(parseAll(readLines(sources.root, path), oneHost).map(([host]) => [host, cores]));
}

/** `4(x2),3` is 4, 4, 3. */
function parseCounts(text: string): number[] {
  const runs = text.split(",").map((part): readonly [count: number, times: number] => {
    const [, count, times = "1"] = /^\s*(\d+)\s*(?:\(x(\d+)\))?\s*$/.exec(part) ?? [];
    if (count === undefined) throw new Error(`"${part.trim()}" is not of this form.`);
    return [parseCount(count), parseCount(times)];
  });
  if (runs.reduce((total, [, times]) => total + times, 0) > mostHosts) throw new Error(`It counts for more than ${mostHosts} hosts.`);
  return runs.flatMap(([count, times]) => Array.from({ length: times }, () => count));
}

function parseCount(text: string): number {
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count < 1) throw new Error(`"${text}" is no number of at least 1.`);
  return count;
}

/** Each entry is a host and, if the pattern finds one, a number of slots. */
function parseAll(entries: readonly string[], pattern: RegExp): Slots[] {
  return entries.map((entry) => {
    const [, host, count = "1"] = pattern.exec(entry) ?? [];
    if (host === undefined) throw new Error(`"${entry}" is not of this form.`);
    return [host, parseCount(count)];
  });
}

/** The slots of a host side by side, where it is first named: the first host of the file is the one that runs the job's script. */
function together(slots: readonly Slots[]): Slots[] {
  const counts = new Map<string, number>();
  for (const [host, count] of slots) counts.set(host, (counts.get(host) ?? 0) + count);
  return [...counts];
}

function repeat(slots: readonly Slots[]): string[] {
  const stranger = slots.find(([host]) => !hostName.test(host));
  if (stranger !== undefined) throw new Error(`"${stranger[0]}" is no host name.`);
  if (slots.reduce((total, [, count]) => total + count, 0) > mostWorkers) throw new Error(`These are more than ${mostWorkers} workers.`);
  return slots.flatMap(([host, count]) => Array.from({ length: count }, () => host));
}

/** The lines of a host file that are neither blank nor comments. */
function readLines(root: string, path: string): string[] {
  try {
    // Importing it by name loads its streams, for 2 ms.
    const text = process.getBuiltinModule("node:fs").readFileSync(root === "/" ? path : join(root, path), "utf8");
    return text
      .split("\n")
      .map((line) => line.replace(/#.*/, "").trim())
      .filter((line) => line !== "");
  } catch (cause) {
    throw new Error(`The file cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause });
  }
}
