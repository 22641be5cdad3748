/**
 * Whether a host's key is one that the user has accepted: what `known_hosts` says, as OpenSSH reads it (hashed names, patterns, `[host]:port`, several
 * files, `@revoked`). ssh2 checks nothing by itself. Keys are never added here.
 */

import { createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import type { LaunchError } from "../../errors/errors.ts";
import { hostFault } from "./faults.ts";
import type { SshSettings } from "./SshSettings.ts";

interface Entry {
  readonly marker: string | undefined;
  readonly names: string;
  readonly type: string;
  /** Base64. */
  readonly key: string;
  /** File and line. */
  readonly place: string;
}

type Host = Pick<SshSettings, "name" | "hostName" | "port" | "hostKeyAlias" | "knownHostsFiles">;

export class KnownHosts {
  readonly #host: Host;
  readonly #known: readonly Entry[];
  readonly #revoked: readonly Entry[];

  constructor(host: Host) {
    const entries = host.knownHostsFiles.flatMap(readEntries);
    const ours = entries.filter(({ marker }) => marker === undefined);
    const named = (name: string): readonly Entry[] => ours.filter(({ names }) => matches(names, name));
    const exact = named(nameOf(host));
    this.#host = host;
    // As OpenSSH does: a host at another port may have the key of the usual one.
    this.#known = exact.length > 0 || host.hostKeyAlias !== undefined ? exact : named(host.hostName.toLowerCase());
    this.#revoked = entries.filter(({ marker, names }) => marker === "@revoked" && matches(names, nameOf(host)));
  }

  /** Kinds of keys to ask for: the server may have others that nobody has accepted. */
  get algorithms(): readonly string[] {
    const types = new Set(this.#known.map(({ type }) => type));
    return [...types].flatMap((type) => (type === "ssh-rsa" ? ["rsa-sha2-512", "rsa-sha2-256", "ssh-rsa"] : type));
  }

  /** Why this key must not be trusted; `undefined`: it is the host's. */
  check(key: Buffer): LaunchError | undefined {
    const text = key.toString("base64");
    const type = typeOf(key);
    const shown = `its ${type} key ${fingerprint(key)}`;
    const line = `${nameOf(this.#host)} ${type} ${text}`;
    const revoked = this.#revoked.find((entry) => entry.key === text);
    if (revoked !== undefined) {
      return this.#fault(`${shown} has been revoked (${revoked.place})`, "Do not connect before you know why; give the host another key.");
    }
    if (this.#known.some((entry) => entry.key === text)) return undefined;
    const other = this.#known.find((entry) => entry.type === type) ?? this.#known[0];
    if (other !== undefined) {
      return this.#fault(
        `${shown} is not the one that ${other.place} has for it (${other.type} ${fingerprint(Buffer.from(other.key, "base64"))}); somebody may be in between`,
        `If the host was set up anew, replace that line by:\n${line}`,
      );
    }
    const [file = "~/.ssh/known_hosts"] = this.#host.knownHostsFiles;
    return this.#fault(
      `${shown} is not known`,
      `Compare the fingerprint with the host's own (ssh-keygen -lf), then add this line to ${file}:\n${line}`,
    );
  }

  #fault(what: string, remedy: string): LaunchError {
    return hostFault(this.#host.name, "host key", what, remedy);
  }
}

/** As OpenSSH shows it. */
function fingerprint(key: Buffer): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}

function typeOf(key: Buffer): string {
  return key.length < 4 ? "" : key.subarray(4, 4 + key.readUInt32BE(0)).toString("latin1");
}

function nameOf({ hostName, port, hostKeyAlias }: Host): string {
  const name = (hostKeyAlias ?? hostName).toLowerCase();
  return hostKeyAlias !== undefined || port === 22 ? name : `[${name}]:${port}`;
}

function readEntries(file: string): readonly Entry[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return []; // whoever is known nowhere is refused, which names the file
  }
  return text.split("\n").flatMap((line, index) => parseLine(line, `${file}:${index + 1}`) ?? []);
}

function parseLine(line: string, place: string): Entry | undefined {
  const [, marker, names, type, key] = /^\s*(?:(@\S+)\s+)?([^\s#@]\S*)\s+(\S+)\s+([A-Za-z0-9+/]+=*)/.exec(line) ?? [];
  if (names === undefined || type === undefined || key === undefined) return undefined;
  return { marker, names, type, key, place };
}

function matches(names: string, name: string): boolean {
  if (names.startsWith("|1|")) return isHashOf(names, name);
  const patterns = names.split(",");
  const negated = patterns.some((pattern) => pattern.startsWith("!") && fits(pattern.slice(1), name));
  return !negated && patterns.some((pattern) => !pattern.startsWith("!") && fits(pattern, name));
}

/** `|1|salt|hash` */
function isHashOf(names: string, name: string): boolean {
  const [, , salt = "", hash] = names.split("|");
  return createHmac("sha1", Buffer.from(salt, "base64")).update(name).digest("base64") === hash;
}

function fits(pattern: string, name: string): boolean {
  const source = pattern
    .toLowerCase()
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(name);
}
