/** Test hosts as the tests see them: the same verbs in every mode, whatever stands behind them. */

export type Mode = "namespaces" | "loopback" | "inprocess";

export type Verb = "linkDown" | "linkUp" | "crash" | "boot" | "exec" | "pids" | "hide" | "sshdOptions";

export interface HostsOptions {
  /** How many: `node1`, `node2`, ... */
  readonly count?: number;
  /** Directories that the hosts see empty, for instance the checkout (namespaces mode). */
  readonly hide?: readonly string[];
  /** More lines for `sshd_config`, such as `MaxSessions 3` (namespaces and loopback mode). */
  readonly sshdOptions?: readonly string[];
  /** This mode or an error; otherwise `FUTUREPLAN_TEST_HOSTS`, otherwise the first that works. */
  readonly mode?: Mode;
}

export interface HostProcess {
  /** As the host counts: what `process.pid` says there and `exec("kill ...")` takes. */
  readonly pid: number;
  readonly command: string;
}

export interface Ran {
  /** `null`: a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Verbs {
  /** The cable is pulled: packets are lost both ways, nobody is told. */
  linkDown(): Promise<void>;
  /** The cable is back; connections that outlived the silence go on. */
  linkUp(): Promise<void>;
  /** Power loss: silence first, then every process of the host is dead. */
  crash(): Promise<void>;
  /** Starts a crashed host again, with the same address, port and keys. Its link is up. */
  boot(): Promise<void>;
  /** Runs a shell command on the host without SSH, also while its link is down. */
  exec(command: string): Promise<Ran>;
  /** What runs there now, servers included. */
  pids(): Promise<HostProcess[]>;
}

/** How to reach a host. */
export interface Reach {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  /** `$HOME` there, also visible here: put a `.bashrc` into it to make its shell print. */
  readonly home: string;
  /** OpenSSH private key without passphrase. */
  readonly keyFile: string;
  /** Knows the keys of all hosts. */
  readonly knownHostsFile: string;
  /** The host's block of an ssh_config. */
  readonly sshConfig: string;
}

export interface Host extends Reach, Verbs {}

export interface Hosts extends AsyncDisposable {
  readonly mode: Mode;
  /** Which verbs and options this mode has. */
  readonly verbs: ReadonlySet<Verb>;
  readonly list: readonly Host[];
  /** Where keys, configurations, logs and homes are. */
  readonly directory: string;
  /** An ssh_config with all hosts, for `ssh -F`. */
  readonly sshConfigFile: string;
  readonly knownHostsFile: string;
  readonly keyFile: string;
  /** Where the hosts reach this process. */
  readonly clientAddress: string;
  /** Ends the hosts and everything on them. May be called twice. */
  stop(): Promise<void>;
}

/** What a mode gives to `startHosts`. */
export interface Opened {
  readonly hosts: readonly Host[];
  readonly clientAddress: string;
  /** What this mode has besides the verbs that all have. */
  readonly verbs: readonly Verb[];
  stop(): Promise<void>;
}
