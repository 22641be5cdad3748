/**
 * The folder behind a set of hosts: client and host keys, `known_hosts`, the configurations of servers and clients, a home for each host.
 * Keys are made by ssh2, so that no mode needs `ssh-keygen`.
 */

import { appendFile, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import { tmpdir, userInfo } from "node:os";
import { delimiter, dirname, join } from "node:path";
import ssh2 from "ssh2";
import type { Reach } from "./types.ts";

export interface State {
  readonly directory: string;
  /** Marks the processes of these hosts: `FUTUREPLAN_TEST_HOST=tag/name` in their environment. */
  readonly tag: string;
  readonly keyFile: string;
  readonly knownHostsFile: string;
  readonly sshConfigFile: string;
  readonly authorizedKeysFile: string;
  /** The client's private key and, as in `authorized_keys`, its public one. */
  readonly clientKey: KeyPair;
}

export interface KeyPair {
  readonly private: string;
  readonly public: string;
}

export async function makeState(): Promise<State> {
  const directory = await mkdtemp(join(tmpdir(), "futureplan-ssh-"));
  const clientKey = makeKey();
  const state: State = {
    directory,
    tag: randomUUID(),
    keyFile: join(directory, "id_ed25519"),
    knownHostsFile: join(directory, "known_hosts"),
    sshConfigFile: join(directory, "ssh_config"),
    authorizedKeysFile: join(directory, "authorized_keys"),
    clientKey,
  };
  await writeFile(state.keyFile, clientKey.private, { mode: 0o600 });
  await writeFile(state.authorizedKeysFile, `${clientKey.public}\n`);
  await writeFile(state.knownHostsFile, "");
  await writeFile(state.sshConfigFile, "");
  return state;
}

/** A key pair in OpenSSH's format. ssh2 spoils one in 256: it cuts zeros off the front of the public key (mscdex/ssh2#1390). */
export function makeKey(): KeyPair {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync("ed25519");
    const isSound = [pair.public, pair.private].every((key) => !(ssh2.utils.parseKey(key) instanceof Error));
    if (isSound) return pair;
  }
}

/** The name of the host with this index, from 1. */
export function nameOf(index: number): string {
  return `node${index}`;
}

/** Enters a host where clients look: `known_hosts` and the ssh_config. */
export async function enterHost(state: State, name: string, address: string, port: number, hostKey: KeyPair): Promise<Reach> {
  const { keyFile, knownHostsFile } = state;
  const user = userInfo().username;
  const home = homeOf(state, name);
  await mkdir(home, { recursive: true });
  const place = port === 22 ? address : `[${address}]:${port}`;
  await appendFile(knownHostsFile, `${place} ${hostKey.public}\n`);
  const sshConfig = `Host ${name}
  HostName ${address}
  Port ${port}
  User ${user}
  IdentityFile ${keyFile}
  IdentitiesOnly yes
  UserKnownHostsFile ${knownHostsFile}
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  BatchMode yes
`;
  await appendFile(state.sshConfigFile, sshConfig);
  return { name, address, port, user, home, keyFile, knownHostsFile, sshConfig };
}

/** Writes the host key and the `sshd_config` of a host. */
export async function configureSshd(
  state: State,
  name: string,
  listen: { readonly address: string; readonly port: number },
  hostKey: KeyPair,
  options: readonly string[],
): Promise<string> {
  const file = join(state.directory, `${name}.conf`);
  const keyFile = join(state.directory, `${name}.key`);
  await writeFile(keyFile, hostKey.private, { mode: 0o600 });
  const environment = Object.entries(environmentOf(state, name)).map(([key, value]) => `"${key}=${value}"`);
  const lines = [
    // The first value of an option counts.
    ...options,
    `ListenAddress ${listen.address}`,
    `Port ${listen.port}`,
    `HostKey ${keyFile}`,
    `PidFile ${join(state.directory, `${name}.pid`)}`,
    `AuthorizedKeysFile ${state.authorizedKeysFile}`,
    "StrictModes no",
    "UsePAM no",
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    "PermitRootLogin prohibit-password",
    "AllowTcpForwarding yes",
    "AllowStreamLocalForwarding yes",
    "PrintMotd no",
    "PrintLastLog no",
    "AcceptEnv LANG LC_*",
    `SetEnv ${environment.join(" ")}`,
    "Subsystem sftp internal-sftp",
  ];
  await writeFile(file, `${lines.join("\n")}\n`);
  return file;
}

/** The environment of what runs on a host, besides what its server adds. */
export function environmentOf(state: State, name: string): Record<string, string> {
  const path = [dirname(process.execPath), "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];
  return { PATH: path.join(delimiter), HOME: homeOf(state, name), FUTUREPLAN_TEST_HOST: `${state.tag}/${name}`, TEST_HOST: name };
}

function homeOf(state: State, name: string): string {
  return join(state.directory, "home", name);
}
