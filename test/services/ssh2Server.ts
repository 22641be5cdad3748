/**
 * An SSH server of ssh2 in this process, for machines without sshd: commands run as children of this process, through the user's shell as
 * sshd does it. It has `exec`, `signal`, forwarding for jumps, and sshd's limit of ten sessions on a connection; no terminals, no sftp.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type AddressInfo } from "node:net";
import ssh2, { type AuthContext, type Connection, type ServerChannel, type Session } from "ssh2";
import { loginShell, type LocalServer } from "./localHosts.ts";
import { environmentOf, type KeyPair, type State } from "./makeState.ts";
import { userInfo } from "node:os";

const maxSessions = 10;

export function ssh2Server(state: State, name: string, hostKey: KeyPair): LocalServer {
  const connections = new Set<Connection>();
  let server: ssh2.Server | undefined;
  return {
    start: async () => {
      server = new ssh2.Server({ hostKeys: [hostKey.private] }, (connection, { ip, port }) => {
        connections.add(connection);
        connection.once("close", () => connections.delete(connection));
        serve(connection, state, { ...environmentOf(state, name), SSH_CLIENT: `${ip} ${port} 22` });
      });
      server.unref();
      await once(server.listen(0, "127.0.0.1"), "listening");
      return (server.address() as AddressInfo).port;
    },
    roots: () => [],
    kill: async () => {
      server?.close();
      for (const connection of connections) connection.end();
    },
  };
}

function serve(connection: Connection, state: State, env: Record<string, string>): void {
  let sessions = 0;
  // "close" follows.
  connection.on("error", () => undefined);
  connection.on("authentication", (attempt) => (admits(attempt, state.clientKey) ? attempt.accept() : attempt.reject(["publickey"])));
  connection.on("session", (accept, reject) => {
    if (sessions === maxSessions) return reject();
    sessions += 1;
    const session = accept();
    session.once("close", () => (sessions -= 1));
    serveSession(session, env);
  });
  connection.on("tcpip", (accept, _reject, { destIP, destPort }) => {
    const channel = accept();
    const socket = connect(destPort, destIP);
    socket.on("error", () => channel.close());
    channel.on("error", () => socket.destroy()).on("close", () => socket.destroy());
    socket.pipe(channel).pipe(socket);
  });
}

function admits(attempt: AuthContext, clientKey: KeyPair): boolean {
  if (attempt.method !== "publickey" || attempt.username !== userInfo().username) return false;
  const key = ssh2.utils.parseKey(clientKey.public);
  if (key instanceof Error) throw key;
  if (!attempt.key.data.equals(key.getPublicSSH())) return false;
  // Without signature the client only asks whether this key would do.
  if (attempt.signature === undefined || attempt.blob === undefined) return true;
  return key.verify(attempt.blob, attempt.signature, attempt.hashAlgo) === true;
}

function serveSession(session: Session, env: Record<string, string>): void {
  const accepted: Record<string, string> = {};
  session.on("env", (accept: (() => void) | undefined, _reject, { key, val }) => {
    if (/^(LANG|LC_\w+)$/.test(key)) accepted[key] = val;
    accept?.();
  });
  session.on("exec", (accept, _reject, { command }) => execute(session, accept(), command, { ...accepted, ...env }));
}

function execute(session: Session, channel: ServerChannel, command: string, env: Record<string, string>): void {
  const { username } = userInfo();
  const shell = loginShell();
  const full = { USER: username, LOGNAME: username, SHELL: shell, ...env };
  // A group of its own, which signals go to.
  const child = spawn(shell, ["-c", command], { env: full, cwd: env["HOME"], detached: true });
  // As under sshd, what the client no longer reads or sends ends in broken pipes and ends of input.
  for (const pipe of [child.stdin, child.stdout, child.stderr, channel, channel.stderr]) pipe.on("error", () => undefined);
  channel.pipe(child.stdin);
  child.stdout.pipe(channel, { end: false });
  child.stderr.pipe(channel.stderr, { end: false });
  session.on("signal", (accept: (() => void) | undefined, _reject, { name }) => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, `SIG${name}`);
    accept?.();
  });
  channel.once("close", () => {
    for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe.destroy();
  });
  child.once("error", () => channel.exit(127));
  child.once("exit", (code, signal) => {
    if (signal === null) channel.exit(code ?? 255);
    else channel.exit(signal.replace(/^SIG/, ""));
  });
  // Later than its end where it left something behind that still holds its output.
  child.once("close", () => channel.end());
}
