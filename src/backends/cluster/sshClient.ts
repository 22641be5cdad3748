/** One SSH connection, by ssh2: socket or jumps, host key, authentication, then commands over its channels. */

import { connect as connectSocket, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Client, ClientChannel, ConnectConfig, ServerHostKeyAlgorithm } from "ssh2";
import { systemClock } from "../../platform/clock.ts";
import { loadSsh2 } from "../../platform/ssh2.ts";
import { parseHosts } from "../../plans/HostSpec.ts";
import { connectFault, Dropped, hostFault, NoChannel, slowFault, textOf, type Step } from "./faults.ts";
import { KnownHosts } from "./KnownHosts.ts";
import type { Link, RemoteEnd, RemoteProcess } from "./Link.ts";
import type { Passphrases } from "./Passphrases.ts";
import { SshKeys } from "./SshKeys.ts";
import { readSshSettings, type SshSettings } from "./SshSettings.ts";

export interface ClientOptions {
  readonly sshConfig: string | undefined;
  readonly passphrases: Passphrases | undefined;
  /** Milliseconds until it must be ready. */
  readonly timeout: number;
}

/** Connects. Rejects with `LaunchError`, or `Dropped` when it may work a little later. */
export async function connectClient(settings: SshSettings, options: ClientOptions): Promise<Link> {
  const deadline = systemClock.now() + options.timeout;
  const clients: Client[] = [];
  const endAll = (): void => clients.toReversed().forEach((client) => client.end());
  try {
    let hop: SshSettings | undefined;
    let stream: Duplex | undefined;
    let socket: Socket | undefined;
    for (const next of [...settings.jumps.map((jump) => readJump(jump, options.sshConfig)), settings]) {
      const via = clients.at(-1);
      const left = deadline - systemClock.now();
      if (via === undefined || hop === undefined) stream = socket = await openSocket(next, left);
      else stream = await forward(via, hop, next);
      clients.push(await handshake(next, stream, left, options));
      hop = next;
    }
    const last = clients.at(-1);
    if (last === undefined || socket === undefined) throw new Error("unreachable: there is at least one hop");
    return new SshClient(settings, last, socket, endAll);
  } catch (error) {
    endAll();
    throw error;
  }
}

function readJump(jump: string, sshConfig: string | undefined): SshSettings {
  const [target] = parseHosts([jump]);
  return readSshSettings(target ?? { host: jump, user: undefined, port: undefined }, sshConfig);
}

function openSocket({ name, hostName, port }: SshSettings, timeout: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectSocket({ host: hostName, port, noDelay: true });
    const timer = systemClock.after(timeout, () => fail(slowFault(name, "connect", timeout)));
    const fail = (error: Error): void => {
      timer.cancel();
      socket.destroy();
      reject(error);
    };
    const refused = (error: Error): void => fail(connectFault(name, `${hostName}:${port}`, error));
    socket.once("error", refused);
    socket.once("connect", () => {
      timer.cancel();
      socket.off("error", refused);
      resolve(socket);
    });
  });
}

function forward(via: Client, hop: SshSettings, to: SshSettings): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    via.forwardOut("127.0.0.1", 0, to.hostName, to.port, (error, channel) => {
      if (error === undefined) resolve(channel);
      else
        reject(
          hostFault(
            to.name,
            "connect",
            `${hop.name} could not reach it (${error.message})`,
            `Check ProxyJump, and AllowTcpForwarding on ${hop.name}.`,
            error,
          ),
        );
    });
  });
}

function handshake(settings: SshSettings, sock: Duplex, timeout: number, options: ClientOptions): Promise<Client> {
  const known = new KnownHosts(settings);
  const keys = new SshKeys(settings, options.passphrases);
  const client = new (loadSsh2().Client)();
  let step: Step = "handshake";
  let hostKey: Error | undefined;
  const config: ConnectConfig = {
    sock,
    username: settings.user,
    readyTimeout: 0,
    keepaliveInterval: 0,
    authHandler: keys.handler,
    algorithms: { serverHostKey: hostKeys(known.algorithms) },
    hostVerifier: (key: Buffer): boolean => {
      hostKey = known.check(key);
      return hostKey === undefined;
    },
  };
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      timer.cancel();
      sock.destroy();
      reject(hostKey ?? error);
    };
    const timer = systemClock.after(timeout, () => fail(slowFault(settings.name, step, timeout)));
    client.on("handshake", () => (step = "authentication"));
    client.on("error", (error) => fail(faultOf(settings, step, error, keys)));
    client.on("close", () => fail(faultOf(settings, step, new Error("the server closed the connection"), keys)));
    client.once("ready", () => {
      timer.cancel();
      client.removeAllListeners("error").removeAllListeners("close");
      resolve(client);
    });
    try {
      client.connect(config);
    } catch (error) {
      fail(hostFault(settings.name, "configuration", textOf(error), "Check the configuration of SSH.", error));
    }
  });
}

const hostKeyKinds = [
  "ssh-ed25519",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  "rsa-sha2-512",
  "rsa-sha2-256",
  "ssh-rsa",
] as const satisfies readonly ServerHostKeyAlgorithm[];

/** Those of the accepted keys, if there are any: the server may have others, too. */
function hostKeys(known: readonly string[]): ServerHostKeyAlgorithm[] {
  const wanted = hostKeyKinds.filter((kind) => known.includes(kind));
  return wanted.length > 0 ? wanted : [...hostKeyKinds];
}

function faultOf(settings: SshSettings, step: Step, error: Error, keys: SshKeys): Error {
  const { name } = settings;
  const level = "level" in error ? error.level : undefined;
  if (level === "client-authentication") return keys.fault(error);
  if (step === "authentication") {
    return hostFault(
      name,
      step,
      `the server ended the connection (${error.message})`,
      "Too many keys in the agent are a frequent cause: name one by IdentityFile and IdentitiesOnly.",
      error,
    );
  }
  // As a server does that has too many connections under way; it says so before its name, if at all.
  if (/before handshake/.test(error.message) || (level !== "protocol" && level !== "handshake"))
    return new Dropped(`${name} dropped the connection before the SSH handshake (${error.message})`);
  return hostFault(
    name,
    "handshake",
    error.message,
    "Check that an SSH server listens there, and that its algorithms are not too old.",
    error,
  );
}

class SshClient implements Link {
  readonly closed: Promise<void>;
  readonly #settings: SshSettings;
  readonly #client: Client;
  readonly #socket: Socket;
  /** Why it ended, where that is known. */
  #reason: Error | undefined;

  constructor(settings: SshSettings, client: Client, socket: Socket, endAll: () => void) {
    this.#settings = settings;
    this.#client = client;
    this.#socket = socket;
    client.on(
      "error",
      (error) => (this.#reason ??= new Error(`the connection to ${settings.name} broke: ${error.message}`, { cause: error })),
    );
    this.closed = new Promise((resolve) => {
      client.once("close", () => {
        endAll();
        if (socket.closed) resolve();
        else socket.once("close", () => resolve());
        socket.destroy();
      });
    });
  }

  exec(command: string): Promise<RemoteProcess> {
    return new Promise((resolve, reject) => {
      this.#client.exec(command, (error, channel) => {
        if (error === undefined) resolve(this.#process(channel));
        else reject(this.#refusal(error));
      });
    });
  }

  ref(): void {
    this.#socket.ref();
  }

  unref(): void {
    this.#socket.unref();
  }

  end(reason: Error | undefined): Promise<void> {
    this.#reason ??= reason;
    if (reason === undefined) this.#client.end();
    else this.#socket.destroy();
    return this.closed;
  }

  #refusal(error: Error): Error {
    const { name } = this.#settings;
    if (/open fail|administratively|resource shortage/i.test(error.message))
      return new NoChannel(`${name} opens no more channels: ${error.message}`);
    return (
      this.#reason ??
      hostFault(name, "channel", `the command could not be run (${error.message})`, "Check ForceCommand and the login shell there.", error)
    );
  }

  #process(channel: ClientChannel): RemoteProcess {
    let end: RemoteEnd | undefined;
    let finish: (end: RemoteEnd) => void = () => undefined;
    const ended = new Promise<RemoteEnd>((resolve) => (finish = resolve));
    channel.on("exit", (code: number | null, signal?: string) => {
      end = { exitCode: code ?? undefined, signal: signal === undefined || signal === "" ? undefined : signal.replace(/^(SIG)?/, "SIG") };
    });
    // A channel that closes before the exit was told is the sign of a lost session.
    const lost = (): RemoteEnd => ({ cause: this.#reason ?? new Error(`the connection to ${this.#settings.name} was closed`) });
    channel.on("close", () => finish(end ?? lost()));
    channel.on("error", (error: Error) => finish(end ?? { cause: error }));
    return {
      readable: channel,
      writable: channel,
      stderr: channel.stderr,
      ended,
      close: () => {
        channel.end();
        channel.close();
        finish(end ?? {});
      },
    };
  }
}
