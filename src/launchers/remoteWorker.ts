/**
 * How a worker is started on another host, as data: a command for the login shell there, whatever shell that is, and what is piped to it first. Nothing is
 * written there. Command lines can be read by every user of both machines, so variables go by the pipe. Frames come in by descriptor 4 and go out by 3; 0 is
 * empty, and 1 goes where 2 does.
 */

import { threadVariables } from "./localProcess.ts";

/** What the program at the other end is to know. */
export interface RemoteLaunch {
  /** Name or path of Node there. */
  readonly node: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string | undefined;
  readonly threadsPerWorker: number;
  /** Bytes of the worker's program, which is piped to the command after the variables. */
  readonly size: number;
}

/** What starts it. */
export interface RemoteStart {
  /** The line for the login shell. */
  readonly command: string;
  /** What is piped to it before the program. */
  readonly variables: string;
}

/** What it says first, among whatever the login shell prints. */
export interface BootReport {
  readonly node: string;
  readonly pid: number;
  readonly problem?: "old" | "cwd";
  readonly text?: string;
}

/** The oldest version of Node that runs the worker's program: major and minor. */
export const leastNode: readonly [number, number] = [20, 12];
/** What the command ends with after it has reported a problem. */
const refused = 86;

/** Runs there with old versions of Node, too, so that they can say how old they are. */
const bootstrap = `
var fs = require("fs"), net = require("net"), told = { node: process.versions.node, pid: process.pid };
function gone() { process.exit(0); }
try {
  var version = told.node.split("."), major = version[0] - settings.least[0];
  if (major < 0 || (major === 0 && version[1] < settings.least[1])) told.problem = "old";
  else if (settings.cwd !== undefined) process.chdir(settings.cwd);
} catch (error) { told.problem = "cwd"; told.text = error.message; }
fs.writeSync(3, "\\nfutureplan:boot " + JSON.stringify(told) + "\\n");
if (told.problem !== undefined) process.exit(settings.refused);
settings.threadVariables.forEach(function (name) { if (process.env[name] === undefined) process.env[name] = String(settings.threads); });
process.argv.length = 1;
var input = new net.Socket({ fd: 4, readable: true, writable: false }), parts = [], left = settings.size;
input.on("end", gone);
input.on("error", gone);
input.on("data", function take(part) {
  parts.push(part);
  left -= part.length;
  if (left > 0) return;
  input.pause();
  input.removeListener("data", take);
  input.removeListener("end", gone);
  input.removeListener("error", gone);
  var all = Buffer.concat(parts), end = all.length + left;
  if (left < 0) input.unshift(all.subarray(end));
  globalThis[Symbol.for("futureplan/streams")] = { input: input, output: new net.Socket({ fd: 3, readable: false, writable: true }) };
  var Module = require("module"), name = "/futureplan/worker.js";
  new Module(name)._compile(all.toString("utf8", 0, end), name);
  input.resume();
});
`;

export function remoteStart({ node, env, cwd, threadsPerWorker, size }: RemoteLaunch): RemoteStart {
  const settings = { least: leastNode, refused, cwd, threads: threadsPerWorker, threadVariables, size };
  const program = toBase64(`var settings = ${JSON.stringify(settings)};${bootstrap}`);
  const variables = exportLine(env);
  // From a pipe a shell reads byte by byte, and leaves what follows the line to Node.
  const take = variables === "" ? "" : 'IFS= read -r futureplan; eval "$futureplan"; ';
  // Quotes of any kind in the program would have to pass two shells.
  const decode = '"eval(String(Buffer.from(process.argv[1],/base64/.source)))"';
  return { command: inShell(`${take}exec ${quote(node)} -e ${decode} ${program} 4<&0 3>&1 0</dev/null 1>&2`), variables };
}

/** One line for `sh` that sets the variables before Node starts, which reads some of them at once. `$1` is the end of a line. */
function exportLine(env: Readonly<Record<string, string>>): string {
  const settings = Object.entries(env).map(([name, value]) => `${name}='${value.replaceAll("'", "'\\''").replaceAll("\n", `'"$1"'`)}'`);
  if (settings.length === 0) return "";
  return `unset futureplan; set -- "$(printf "\\nx")"; set -- "\${1%x}"; export ${settings.join(" ")}\n`;
}

/**
 * Looks after the workers of one connection: a line with their numbers, again and again, keeps them; no line for so many seconds, or the end of its
 * input, and they are killed, which those that are blocked in a loop would not do themselves. `kill N` kills one. Each line is answered.
 */
export function keeperCommand(seconds: number): string {
  const script = [
    `exec 2>/dev/null; all=; trap "" HUP INT PIPE`,
    `arm() { ( sleep ${seconds} & s=$!; trap "kill $s; exit" TERM; wait $s; [ -n "$all" ] && kill -KILL $all; kill -KILL $$ ) </dev/null >/dev/null & t=$!; }`,
    `arm; echo futureplan:keeper`,
    `while read -r word rest; do kill $t; case $word in kill) kill -KILL $rest;; *) all=$rest;; esac; arm; echo futureplan:beat; done`,
    `kill $t; [ -n "$all" ] && kill -KILL $all; exit 0`,
  ];
  return inShell(script.join("; "));
}

/** For login shells that are not `sh`. All of them take what stands between single quotes as it is, as long as there is no quote, no `!` before a word, and no pair of backslashes. */
function inShell(script: string): string {
  return `exec sh -c '${script}'`;
}

/** One word for `sh`, in characters that mean nothing to the login shell around it. */
function quote(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  const bytes = [...new TextEncoder().encode(text)].map((byte) => `\\0${byte.toString(8).padStart(3, "0")}`);
  return `"$(printf %b "${bytes.join("")}")"`;
}

function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

const bootLine = /^futureplan:boot (\{.*\})$/m;

/** Its first words in what came so far; `undefined`: not yet. A line that only begins like them is noise. */
export function findBootReport(text: string): BootReport | undefined {
  const [, found] = bootLine.exec(text) ?? [];
  if (found === undefined) return undefined;
  try {
    return parseReport(JSON.parse(found));
  } catch {
    return undefined; // no JSON: noise, too
  }
}

/** Its number will be killed, and 0 and -1 stand for many: it must be a process's. */
function parseReport(data: unknown): BootReport | undefined {
  const { node, pid, problem, text }: Readonly<Record<string, unknown>> = typeof data === "object" ? { ...data } : {};
  if (typeof node !== "string" || typeof pid !== "number" || !Number.isSafeInteger(pid) || pid < 2) return undefined;
  const known = problem === "old" || problem === "cwd" ? problem : undefined;
  return { node, pid, ...(known !== undefined && { problem: known }), ...(typeof text === "string" && { text }) };
}
