/**
 * What SSH's own configuration says about a host (`~/.ssh/config` and the system's, or the plan's `sshConfig` alone), with the defaults of OpenSSH. Read anew for
 * each connection. What is not read here (`ProxyCommand`, certificates, ...) works with `launch: "ssh"`.
 */

import { readdirSync, readFileSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { basename, dirname, isAbsolute, join } from "node:path";
import SSHConfig from "ssh-config";
import type { HostSpec } from "../../plans/HostSpec.ts";
import { hostFault, textOf } from "./faults.ts";

export interface SshSettings {
  /** As the plan names the host. */
  readonly name: string;
  readonly hostName: string;
  readonly port: number;
  readonly user: string;
  readonly identityFiles: readonly string[];
  readonly identitiesOnly: boolean;
  /** The agent's socket. */
  readonly agent: string | undefined;
  /** Hosts to go through, the first one first. */
  readonly jumps: readonly string[];
  readonly knownHostsFiles: readonly string[];
  readonly hostKeyAlias: string | undefined;
  /** Milliseconds between signs of life that this host is to give; `undefined`: as the plan says. */
  readonly aliveInterval: number | undefined;
  readonly aliveCount: number | undefined;
}

type Target = Pick<HostSpec, "host" | "user" | "port">;
type Values = Readonly<Record<string, string | string[]>>;

/** Throws `LaunchError` for a configuration that cannot be read or needs more than is spoken here. */
export function readSshSettings(target: Target, configFile: string | undefined): SshSettings {
  const { host } = target;
  const here = { home: homedir(), user: userName() };
  const values = readValues(target, configFile, here.home);
  const one = (name: string): string | undefined => [values[name] ?? []].flat()[0];
  const hostName = (one("hostname") ?? host).replaceAll("%h", host).replaceAll("%%", "%");
  const port = target.port ?? Number(one("port") ?? 22);
  const user = target.user ?? one("user") ?? here.user;
  const proxy = one("proxycommand");
  if (proxy !== undefined && proxy !== "none") {
    throw hostFault(host, "configuration", "its ProxyCommand is not supported", 'Use ProxyJump, or `launch: "ssh"` for this host.');
  }
  const tokens: Readonly<Record<string, string>> = { "%": "%", d: here.home, h: hostName, n: host, p: String(port), r: user, u: here.user };
  const path = (text: string): string => expandPath(text, tokens, here.home);
  const files = (name: string, fallback: readonly string[]): readonly string[] =>
    (values[name] === undefined ? fallback : [values[name]].flat().flatMap((value) => value.split(/\s+/)))
      .filter((file) => file !== "none" && file !== "")
      .map(path);
  const identities = [values["identityfile"] ?? []].flat().filter((file) => file !== "none");
  return {
    name: host,
    hostName,
    port,
    user,
    identityFiles: (identities.length > 0 ? identities : defaultIdentities).map(path),
    identitiesOnly: isYes(one("identitiesonly")),
    agent: agentOf(one("identityagent"), path),
    jumps: jumpsOf(one("proxyjump")),
    knownHostsFiles: [
      ...files("userknownhostsfile", ["~/.ssh/known_hosts", "~/.ssh/known_hosts2"]),
      ...files("globalknownhostsfile", ["/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"]),
    ],
    hostKeyAlias: one("hostkeyalias"),
    aliveInterval: above0(one("serveraliveinterval"), 1000),
    aliveCount: above0(one("serveralivecountmax"), 1),
  };
}

const defaultIdentities = ["~/.ssh/id_ed25519", "~/.ssh/id_ecdsa", "~/.ssh/id_rsa"];

function readValues({ host, user }: Target, configFile: string | undefined, home: string): Values {
  const texts =
    configFile === undefined
      ? [readConfig(join(home, ".ssh", "config"), host, false), readConfig("/etc/ssh/ssh_config", host, false)]
      : [readConfig(configFile, host, true)];
  try {
    const query = user === undefined ? { Host: host } : { Host: host, User: user };
    // In files of their own: a section of the first would swallow what stands at the head of the second.
    const found = texts.map((text) => SSHConfig.parse(text).compute(query, { ignoreCase: true }));
    return found.toReversed().reduce((all, more) => ({ ...all, ...more }), {});
  } catch (cause) {
    throw hostFault(host, "configuration", `the configuration of SSH makes no sense: ${textOf(cause)}`, "Try it with `ssh -G`.", cause);
  }
}

/** With the files that it includes in their places. */
function readConfig(file: string, host: string, isNeeded: boolean): string {
  try {
    const text = readFileSync(file, "utf8");
    return text.replace(/^[ \t]*Include[ \t=]+(.+)$/gim, (_, patterns: string) =>
      patterns
        .trim()
        .split(/\s+/)
        .flatMap((pattern) => matching(pattern.replace(/^"(.*)"$/, "$1"), dirname(file)))
        .map((included) => readConfig(included, host, false))
        .join("\n"),
    );
  } catch (cause) {
    if (isNeeded || !isMissing(cause)) {
      throw hostFault(host, "configuration", `${file} could not be read (${textOf(cause)})`, "Check the path and its permissions.", cause);
    }
    return "";
  }
}

/** The files that a pattern of `Include` names: `*` and `?` in the last part only. */
function matching(pattern: string, folder: string): readonly string[] {
  const expanded = pattern.replace(/^~(?=\/)/, homedir());
  const path = isAbsolute(expanded) ? expanded : join(folder, expanded);
  if (!/[*?]/.test(basename(path))) return [path];
  const source = basename(path)
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  try {
    const entries = readdirSync(dirname(path)).filter((name) => new RegExp(`^${source}$`).test(name));
    return entries.sort().map((name) => join(dirname(path), name));
  } catch {
    return []; // as for OpenSSH, a pattern that matches nothing includes nothing
  }
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && (cause.code === "ENOENT" || cause.code === "ENOTDIR");
}

function expandPath(text: string, tokens: Readonly<Record<string, string>>, home: string): string {
  return text
    .replace(/^~(?=\/|$)/, home)
    .replaceAll(/%([%dhnpru])/g, (token, letter: string) => tokens[letter] ?? token)
    .replaceAll(/\$\{(\w+)\}/g, (_, name: string) => process.env[name] ?? "");
}

function agentOf(given: string | undefined, path: (text: string) => string): string | undefined {
  if (given === "none") return undefined;
  if (given === undefined || given === "SSH_AUTH_SOCK") return process.env["SSH_AUTH_SOCK"];
  return given.startsWith("$") ? process.env[given.slice(1)] : path(given);
}

function jumpsOf(given: string | undefined): readonly string[] {
  return given === undefined || given === "none" ? [] : given.split(",").map((jump) => jump.trim().replace(/^ssh:\/\//, ""));
}

function isYes(given: string | undefined): boolean {
  return given !== undefined && /^(yes|true)$/i.test(given);
}

function above0(given: string | undefined, factor: number): number | undefined {
  const number = Number(given ?? 0) * factor;
  return number > 0 ? number : undefined;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env["USER"] ?? process.env["USERNAME"] ?? ""; // an id without an entry in the system's list
  }
}
