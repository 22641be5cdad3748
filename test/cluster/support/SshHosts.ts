/** The test hosts as the tests of clusters see them: by name. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startHosts } from "../../services/startHosts.ts";
import type { Host, Hosts, HostsOptions } from "../../services/types.ts";

export class SshHosts {
  readonly names: readonly string[];
  readonly addresses: readonly string[];
  /** Of the first. */
  readonly port: number;
  readonly user: string;
  /** Path of a configuration of SSH that names them all. */
  readonly config: string;
  readonly knownHosts: string;
  /** Path of the client's key; beside it lies the public one. */
  readonly identity: string;
  /** A folder that goes with them. */
  readonly state: string;
  /** Whether they have networks and processes of their own. */
  readonly isolated: boolean;
  readonly #hosts: Hosts;

  static async start(options: HostsOptions = {}): Promise<SshHosts> {
    return new SshHosts(await startHosts(options));
  }

  private constructor(hosts: Hosts) {
    this.#hosts = hosts;
    this.names = hosts.list.map(({ name }) => name);
    this.addresses = hosts.list.map(({ address }) => address);
    this.port = hosts.list[0]?.port ?? 22;
    this.user = hosts.list[0]?.user ?? "";
    this.config = hosts.sshConfigFile;
    this.knownHosts = hosts.knownHostsFile;
    this.identity = hosts.keyFile;
    this.state = hosts.directory;
    this.isolated = hosts.mode === "namespaces";
    writeFileSync(`${this.identity}.pub`, readFileSync(join(this.state, "authorized_keys"), "utf8"));
  }

  link(name: string, state: "up" | "down"): Promise<void> {
    return state === "up" ? this.#find(name).linkUp() : this.#find(name).linkDown();
  }

  /** Power loss. */
  crash(name: string): Promise<void> {
    return this.#find(name).crash();
  }

  boot(name: string): Promise<void> {
    return this.#find(name).boot();
  }

  /** Its `$HOME`. */
  home(name: string): string {
    return this.#find(name).home;
  }

  /** Runs a command inside the host, without SSH; gives what it wrote. */
  async exec(name: string, command: string): Promise<string> {
    const { code, stdout, stderr } = await this.#find(name).exec(command);
    if (code !== 0) throw new Error(`${command} on ${name}: ${code} ${stderr}`);
    return stdout;
  }

  /** Whether a process of that host lives. */
  async lives(name: string, pid: number): Promise<boolean> {
    const stat = await this.exec(name, `cat /proc/${pid}/stat`).catch(() => "");
    return stat !== "" && !/\) Z /.test(stat);
  }

  /** Ends the newest process of that host whose command has this in it, by SIGKILL; at once when there is none. */
  async kill(name: string, command: string): Promise<void> {
    const found = (await this.#find(name).pids()).filter((one) => one.command.includes(command)).map(({ pid }) => pid);
    if (found.length > 0) await this.#find(name).exec(`kill -9 ${Math.max(...found)}`);
  }

  /** As `ssh-keygen` writes it. */
  hostKey(name: string): string {
    const { address } = this.#find(name);
    const line = readFileSync(this.knownHosts, "utf8")
      .split("\n")
      .find((entry) => entry.startsWith(`${address} `) || entry.startsWith(`[${address}]`));
    return line?.split(" ").slice(1).join(" ") ?? "";
  }

  /** Path of a file with it. */
  hostKeyFile(name: string): string {
    const file = join(this.state, `${name}.hostkey.pub`);
    writeFileSync(file, `${this.hostKey(name)}\n`);
    return file;
  }

  /** The number of sshd there, that listens. */
  listener(name: string): string {
    return readFileSync(join(this.state, `${name}.pid`), "utf8").trim();
  }

  stop(): Promise<void> {
    return this.#hosts.stop();
  }

  #find(name: string): Host {
    const host = this.#hosts.list.find((one) => one.name === name);
    if (host === undefined) throw new Error(`there is no host ${name}`);
    return host;
  }
}
