/**
 * The connections to one host: eight workers share one (a server allows ten channels: theirs, the keeper's, and one to spare). A connection is made when a worker needs
 * it, and ends with its last worker.
 */

import { systemClock } from "../../platform/clock.ts";
import { hasSsh2 } from "../../platform/ssh2.ts";
import type { HostSpec } from "../../plans/HostSpec.ts";
import { Dropped, hostFault, NoChannel } from "./faults.ts";
import type { Gate } from "./Gate.ts";
import { Keeper } from "./Keeper.ts";
import type { Link, RemoteProcess } from "./Link.ts";
import type { Passphrases } from "./Passphrases.ts";
import { connectClient } from "./sshClient.ts";
import { SshProgram } from "./sshProgram.ts";
import { readSshSettings } from "./SshSettings.ts";

export interface HostOptions {
  readonly sshConfig: string | undefined;
  readonly passphrases: Passphrases | undefined;
  /** Milliseconds. */
  readonly heartbeat: number;
  readonly connectTimeout: number;
}

/** Workers that share a connection. */
const most = 8;
/** Heartbeats that may go unanswered. */
const patience = 3;
/** Of the time in which a worker must be ready, what the connection may take: the rest is for saying what was wrong with it. */
const share = 0.9;
/** Milliseconds that the end of a connection may take: it may be dead. */
const closing = 2000;
/** Milliseconds between attempts, at first and at last. */
const firstPause = 100;
const longestPause = 5000;

/** A worker's place on a connection. */
export interface Berth {
  readonly process: RemoteProcess;
  readonly keeper: Keeper;
  /** Whether this worker keeps the home process alive. */
  hold(held: boolean): void;
  /** The worker is gone; resolves when the connection is, too, if it was the last one. */
  leave(): Promise<void>;
}

class Connection {
  /** Workers that are on it or about to be. */
  users = 0;
  room = most;
  readonly ready: Promise<{ readonly link: Link; readonly keeper: Keeper }>;
  #holds = 0;

  constructor(ready: Connection["ready"]) {
    this.ready = ready;
  }

  async hold(change: 1 | -1): Promise<void> {
    this.#holds += change;
    const { link } = await this.ready;
    if (this.#holds > 0) link.ref();
    else link.unref();
  }

  async close(): Promise<void> {
    const { link, keeper } = await this.ready;
    link.ref(); // this process waits for it
    const timer = systemClock.after(closing, () => void link.end(new Error("the connection did not close in time")));
    await keeper.close();
    await link.end(undefined);
    timer.cancel();
  }
}

export class ClusterHost {
  readonly spec: HostSpec;
  readonly #options: HostOptions;
  readonly #gate: Gate;
  readonly #connections = new Set<Connection>();

  /** `gate`: that of all hosts. */
  constructor(spec: HostSpec, options: HostOptions, gate: Gate) {
    this.spec = spec;
    this.#options = options;
    this.#gate = gate;
  }

  /** Runs the command on a connection that has room. Rejects with `LaunchError`. */
  async run(command: string): Promise<Berth> {
    for (;;) {
      const { connection, isNew } = this.#find();
      connection.users++;
      try {
        const { link, keeper } = await connection.ready;
        const process = await link.exec(command);
        return this.#berth(connection, process, keeper);
      } catch (error) {
        const others = connection.users - 1;
        await this.#leave(connection);
        if (!(error instanceof NoChannel)) throw error;
        if (isNew || others === 0) {
          throw hostFault(this.spec.host, "channel", error.message, "Raise MaxSessions of the server; at least two are needed.", error);
        }
        connection.room = others;
      }
    }
  }

  #find(): { readonly connection: Connection; readonly isNew: boolean } {
    const found = [...this.#connections].find(({ users, room }) => users < room);
    if (found !== undefined) return { connection: found, isNew: false };
    const connection = new Connection(this.#connect());
    this.#connections.add(connection);
    connection.ready.then(
      ({ link }) => link.closed.then(() => this.#connections.delete(connection)),
      () => this.#connections.delete(connection),
    );
    return { connection, isNew: true };
  }

  #berth(connection: Connection, process: RemoteProcess, keeper: Keeper): Berth {
    let isHeld = false;
    const hold = (held: boolean): void => {
      if (held === isHeld) return;
      isHeld = held;
      void connection.hold(held ? 1 : -1);
    };
    hold(true);
    return {
      process,
      keeper,
      hold,
      leave: () => {
        hold(false);
        return this.#leave(connection);
      },
    };
  }

  async #leave(connection: Connection): Promise<void> {
    connection.users--;
    if (connection.users > 0 || !this.#connections.delete(connection)) return;
    await connection.close().catch(() => undefined); // it could not be made, which whoever asked for it has heard
  }

  async #connect(): Promise<{ link: Link; keeper: Keeper }> {
    const { sshConfig, heartbeat, connectTimeout } = this.#options;
    const name = this.spec.host;
    const most = connectTimeout * share;
    if (this.spec.launch === "ssh" || !hasSsh2) {
      const link = new SshProgram(this.spec, { sshConfig, heartbeat, timeout: most }, this.#gate);
      return { link, keeper: new Keeper(link, { name, interval: heartbeat, count: patience, timeout: most }) };
    }
    const deadline = systemClock.now() + most;
    const settings = readSshSettings(this.spec, sshConfig);
    const link = await this.#insist(deadline, (timeout) => connectClient(settings, { ...this.#options, timeout }));
    const interval = heartbeat === 0 ? 0 : Math.min(heartbeat, settings.aliveInterval ?? heartbeat);
    const timeout = Math.max(0, deadline - systemClock.now());
    return { link, keeper: new Keeper(link, { name, interval, count: settings.aliveCount ?? patience, timeout }) };
  }

  /** Servers drop connections when too many come at once: again, a little later, as long as there is time. */
  async #insist(deadline: number, attempt: (timeout: number) => Promise<Link>): Promise<Link> {
    for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
      try {
        return await this.#gate.pass(() => attempt(deadline - systemClock.now()));
      } catch (error) {
        if (!(error instanceof Dropped)) throw error;
        if (systemClock.now() + pause >= deadline) {
          throw hostFault(
            this.spec.host,
            "handshake",
            error.message,
            "Too many connections at once (MaxStartups), or no SSH server.",
            error,
          );
        }
        await new Promise<void>((resolve) => systemClock.after(pause, resolve, true));
      }
    }
  }
}
