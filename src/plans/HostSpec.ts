/**
 * The hosts of a cluster: one entry for each worker, parsed. Users write `"host"`, `"user@host:port"` or an object, and name a
 * host as often as it is to have workers.
 */

import { PlanInvalid } from "../errors/errors.ts";
import { describeValue } from "../errors/words.ts";
import { withNodePath } from "./nodePath.ts";
import { OptionReader } from "./OptionReader.ts";
import { aRecord, aString, oneOf, positiveInteger, shellEnvironment } from "./rules.ts";

/** Where one worker of a cluster runs, and how it is started there. */
export interface HostSpec {
  readonly host: string;
  /** `undefined`: what the configuration of SSH says, else as here. */
  readonly user: string | undefined;
  readonly port: number | undefined;
  /** Name or path of the Node that is run there. */
  readonly node: string;
  /** On top of the plan's own. */
  readonly env: Readonly<Record<string, string>>;
  /** `undefined`: the plan's. */
  readonly cwd: string | undefined;
  /** `local`: a process of this machine, without SSH. */
  readonly launch: "local" | "ssh2" | "ssh";
}

/** An entry of a cluster's `workers`, as users write it. */
export interface HostInput {
  readonly host: string;
  readonly user?: string | undefined;
  readonly port?: number | undefined;
  /** How many workers. Default 1. */
  readonly workers?: number | undefined;
  /** Path of `node` there, where it is not on the path that SSH sets. */
  readonly node?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly cwd?: string | undefined;
  /** As the plan's. */
  readonly nodePath?: readonly string[] | undefined;
  /** `ssh2` (default) speaks SSH itself, over one connection for eight workers; `ssh` runs the system's program, one for each worker. */
  readonly launch?: "ssh2" | "ssh" | undefined;
}

const launches = oneOf("ssh2", "ssh", "local");

/** The hosts of all workers; those of one host are spread, so that few futures meet many hosts. Throws `PlanInvalid`. */
export function parseHosts(given: readonly unknown[]): readonly HostSpec[] {
  if (given.length === 0) throw new PlanInvalid("A cluster needs at least one worker; an empty list names none.");
  const hosts = given.flatMap((item) => (typeof item === "string" ? [parseName(item)] : parseEntry(item)));
  const seen = new Map<string, number>();
  const rounds = hosts.map((host) => {
    const name = hostKey(host);
    const round = seen.get(name) ?? 0;
    seen.set(name, round + 1);
    return { host, round };
  });
  return Object.freeze(rounds.sort((a, b) => a.round - b.round).map(({ host }) => Object.freeze(host)));
}

/** The same for workers that can share connections. */
export function hostKey({ host, user, port, launch }: HostSpec): string {
  return `${launch} ${user ?? ""}@${host}:${port ?? ""}`;
}

function parseName(text: string): HostSpec {
  const match = /^(?:([^@\s]+)@)?(?:\[([^\]\s]+)\]|([^@:\s[\]]+)|([^@\s[\]]*:[^@\s[\]]*:[^@\s[\]]*))(?::(\d+))?$/.exec(text);
  if (match === null) refuse(text);
  const [, user, bracketed, plain, address, port] = match;
  const host = bracketed ?? plain ?? address ?? "";
  return complete({ host, user, port: port === undefined ? undefined : parsePort(Number(port)) });
}

function parseEntry(item: unknown): readonly HostSpec[] {
  const where = "an entry of cluster's workers";
  const given = aRecord.accepts(item) ? withNodePath(item, where) : (item ?? refuse(item));
  const read = new OptionReader(given, where, (message) => new PlanInvalid(message));
  const host = read.read("host", aString, undefined);
  if (host === undefined || host === "") refuse(item);
  const port = read.read("port", positiveInteger, undefined);
  const launch = read.read("launch", launches, undefined);
  const spec = complete({
    host,
    launch,
    user: read.read("user", aString, undefined),
    port: port === undefined ? undefined : parsePort(port),
    node: read.read("node", aString, undefined),
    env: read.read("env", shellEnvironment, undefined),
    cwd: read.read("cwd", aString, undefined),
  });
  const workers = read.read("workers", positiveInteger, 1);
  read.done();
  return Array.from({ length: workers }, () => ({ ...spec }));
}

type Given = Pick<HostSpec, "host" | "user" | "port"> & { readonly [Name in keyof HostSpec]?: HostSpec[Name] | undefined };

function complete({ host, user, port, node = "node", env = {}, cwd, launch }: Given): HostSpec {
  const isHere = host === "localhost" && user === undefined && port === undefined;
  return { host, user, port, node, env: Object.freeze({ ...env }), cwd, launch: launch ?? (isHere ? "local" : "ssh2") };
}

function parsePort(port: number): number {
  if (port < 1 || port > 65_535) throw new PlanInvalid(`A port must be a number from 1 to 65535, not ${port}.`);
  return port;
}

function refuse(came: unknown): never {
  throw new PlanInvalid(
    `A worker of cluster() must be "host", "user@host:port" or { host, user, port, workers, node, env, cwd, nodePath, launch }, not ${describeValue(came)}.`,
  );
}
