/**
 * How a worker is started as a process of its own on this machine: command, arguments, environment, as plain data.
 * The file descriptor that carries messages is 3; 1 and 2 stay the user's.
 */

/** What to start, and in which surroundings. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `undefined`, or left out: this process's. */
  readonly cwd?: string | undefined;
}

export interface LaunchFrom {
  /** This process's executable, flags and environment. */
  readonly execPath: string;
  readonly execArgv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Path of the worker's program, or the words that make Node run it. */
  readonly program: string | readonly string[];
  readonly threadsPerWorker: number;
  /** The plan's own variables; they win. */
  readonly extra: Readonly<Record<string, string>>;
}

/** Native libraries start as many threads as there are cores, in every worker, unless these say otherwise. */
export const threadVariables: readonly string[] = [
  "OMP_NUM_THREADS",
  "OPENBLAS_NUM_THREADS",
  "MKL_NUM_THREADS",
  "VECLIB_MAXIMUM_THREADS",
  "RAYON_NUM_THREADS",
];

export function localProcess(from: LaunchFrom): Launch {
  const threads = threadVariables.map((name) => [name, from.env[name] ?? String(from.threadsPerWorker)] as const);
  return {
    command: from.execPath,
    args: [...inheritedFlags(from.execArgv), ...[from.program].flat()],
    env: { ...withoutDebugger(workerEnvironment(from.env)), ...Object.fromEntries(threads), ...from.extra },
  };
}

/** The plan of this process is not the plan of its workers. */
export function workerEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  const { FUTURE_PLAN: _, ...rest } = env;
  return rest;
}

/** Nor is its debugger that of other processes: each would listen at a port of its own. Threads have theirs through this process. */
function withoutDebugger(env: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  const { NODE_OPTIONS: options = "", ...rest } = env;
  const flags = flagsOf(options.match(/(?:"(?:[^"\\]|\\.)*"|[^\s"])+/g) ?? []);
  const kept = flags.filter(([word = ""]) => !isDebugger(word));
  if (kept.length === flags.length) return { ...env };
  return kept.length === 0 ? rest : { ...rest, NODE_OPTIONS: kept.flat().join(" ") };
}

function isDebugger(word: string): boolean {
  return /^"?--(inspect|debug-port)/.test(word.replaceAll("_", "-"));
}

/** Flags with the value that follows them, where it is a word of its own. */
export function flagsOf(execArgv: readonly string[]): (readonly string[])[] {
  const flags: string[][] = [];
  for (const word of execArgv) {
    const last = flags.at(-1);
    if (word.startsWith("-") || last === undefined) flags.push([word]);
    else last.push(word);
  }
  return flags;
}

/** What belongs to the script that runs here, not to its workers: code from the command line, debuggers, profilers, test and watch modes. */
const ownFlags: ReadonlySet<string> = new Set([
  "-e",
  "--eval",
  "-p",
  "--print",
  "-pe",
  "-c",
  "--check",
  "-i",
  "--interactive",
  "--input-type",
  "--run",
  "--title",
  "--debug-port",
]);
const ownFamilies = [
  "--inspect",
  "--test",
  "--experimental-test",
  "--watch",
  "--cpu-prof",
  "--heap-prof",
  "--heapsnapshot",
  "--prof",
  "--build-snapshot",
  "--env-file",
];

/** The flags of this process that its workers share: loaders, conditions, limits. */
export function inheritedFlags(execArgv: readonly string[]): readonly string[] {
  return flagsOf(execArgv)
    .filter((words) => !isOwn(words[0] ?? "") && !isThisLibrary(words))
    .flat();
}

/** `--import futureplan` is for packages at home: a worker's program is there before any package, and finds no names where it runs. */
function isThisLibrary(words: readonly string[]): boolean {
  return /^--import[ =]futureplan$/.test(words.join(" "));
}

function isOwn(word: string): boolean {
  const [name = word] = word.replaceAll("_", "-").split("=");
  return ownFlags.has(name) || ownFamilies.some((family) => name.startsWith(family));
}
