/**
 * Real OpenSSH hosts for tests, each in a network namespace of its own (address, processes, home directory), or all on the loopback interface where that is
 * not allowed. The script that starts them lies in `test/services/`, or beside the checkout.
 */

import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = new URL("../../../", import.meta.url);
const places = ["test/services/sshd.sh", "../shared/services/sshd.sh"].map((place) => fileURLToPath(new URL(place, root)));
const script = places.find((place) => existsSync(place));
const run = promisify(execFile);

/** Settings of the script: `SSHD_NODES`, `SSHD_OPTIONS`, ... */
export type Settings = Readonly<Record<string, string>>;

export class SshHosts {
  /** `node1`, `node2`, ... as the configuration knows them. */
  readonly names: readonly string[];
  readonly addresses: readonly string[];
  readonly port: number;
  readonly user: string;
  /** Path of a configuration of SSH that names them all. */
  readonly config: string;
  readonly knownHosts: string;
  readonly identity: string;
  readonly state: string;
  /** Whether they have networks and processes of their own. */
  readonly isolated: boolean;
  readonly #folder: string;

  /** `undefined`: none can be started here. The reason is printed. */
  static async start(settings: Settings = {}): Promise<SshHosts | undefined> {
    const folder = mkdtempSync(join(tmpdir(), "futureplan-ssh-"));
    try {
      if (script === undefined) throw new Error("there is no sshd.sh");
      const { stdout } = await run(script, ["start"], { env: { ...process.env, ...settings, SERVICES_DIR: folder } });
      return new SshHosts(
        folder,
        new Map(
          stdout
            .trim()
            .split("\n")
            .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
        ),
      );
    } catch (error) {
      console.warn(`No SSH hosts: ${String(error)}`);
      rmSync(folder, { recursive: true, force: true });
      return undefined;
    }
  }

  private constructor(folder: string, facts: ReadonlyMap<string, string>) {
    const fact = (name: string): string => facts.get(`SSHD_${name}`) ?? "";
    this.#folder = folder;
    this.names = fact("NODES").split(",");
    this.addresses = fact("ADDRESSES").split(",");
    this.port = Number(fact("PORT"));
    this.user = fact("USER");
    this.config = fact("CONFIG");
    this.knownHosts = fact("KNOWN_HOSTS");
    this.identity = fact("IDENTITY");
    this.state = fact("STATE");
    this.isolated = fact("MODE") === "netns";
  }

  link(name: string, state: "up" | "down"): Promise<string> {
    return this.#verb("link", name, state);
  }

  /** Power loss. */
  crash(name: string): Promise<string> {
    return this.#verb("crash", name);
  }

  boot(name: string): Promise<string> {
    return this.#verb("boot", name);
  }

  /** Runs a command inside the host, without SSH; gives what it wrote. */
  exec(name: string, ...command: readonly string[]): Promise<string> {
    return this.#verb("exec", name, ...command);
  }

  /** Whether a process of that host lives. */
  async lives(name: string, pid: number): Promise<boolean> {
    const stat = await this.exec(name, "cat", `/proc/${pid}/stat`).catch(() => "");
    return stat !== "" && !/\) Z /.test(stat);
  }

  hostKey(name: string): string {
    return readFileSync(join(this.state, "keys", `${name}.pub`), "utf8").trim();
  }

  async stop(): Promise<void> {
    await this.#verb("stop");
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #verb(...words: readonly string[]): Promise<string> {
    const { stdout } = await run(script ?? "", words, { env: { ...process.env, SERVICES_DIR: this.#folder } });
    return stdout;
  }
}
