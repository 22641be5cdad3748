/**
 * A worker that is a process on this machine. Messages travel on file descriptor 3; what it writes on 1 and 2
 * goes on to this process's, and the last lines of 2 are kept to explain its death.
 */

import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { Socket } from "node:net";
import { PassThrough } from "node:stream";
import type { Launch } from "../launchers/localProcess.ts";
import { systemClock } from "../platform/clock.ts";
import type { Channel, ChannelEnd } from "../transport/Channel.ts";
import { streamChannel } from "../transport/streamChannel.ts";
import { FileLedger } from "./FileLedger.ts";
import { guardProcess } from "./guardProcess.ts";
import { LastLines } from "./LastLines.ts";

/** Milliseconds that a dead process's last output is waited for: its children may hold the other end for ever. */
const lastOutput = 200;

/** On Windows, what a worker can read without blocking. Elsewhere Node takes it for a pipe, but forgets to close it when `spawn` throws. */
const linkKind = process.platform === "win32" ? "overlapped" : "pipe";

/** Starts the process. A command that cannot be run ends the channel. */
export function processChannel(launch: Launch): Channel {
  const ledger = FileLedger.open();
  const child = start(launch, ledger);
  guardProcess(child);
  const lastLines = new LastLines();
  const ended = endOf(child, lastLines).finally(() => ledger?.close());
  // Where this process has no descriptors left, Node gives no streams at all.
  const streams: ChildProcess["stdio"] | undefined = child.stdio;
  const sockets = (streams ?? []).filter((stream) => stream instanceof Socket);
  const link = sockets.at(-1) ?? new PassThrough().end();
  child.stdout?.on("data", (chunk: Uint8Array) => process.stdout.write(chunk));
  child.stderr?.on("data", (chunk: Uint8Array) => {
    lastLines.push(chunk);
    process.stderr.write(chunk);
  });
  const handles = [child, ...sockets];
  return streamChannel({
    ledger,
    watched: true,
    readable: link,
    writable: link,
    ended,
    ref: () => handles.forEach((handle) => handle.ref()),
    unref: () => handles.forEach((handle) => handle.unref()),
    kill: () => void child.kill("SIGKILL"),
  });
}

/** With the ledger as its fifth descriptor and named on its command line, where there is one. */
function start({ command, args, env, cwd }: Launch, ledger: FileLedger | undefined): ChildProcess {
  const stdio: StdioOptions = ["ignore", "pipe", "pipe", linkKind, ...(ledger === undefined ? [] : [ledger.descriptor])];
  try {
    return spawn(command, ledger === undefined ? args : [...args, "ledger"], {
      env,
      stdio,
      windowsHide: true,
      ...(cwd !== undefined && { cwd }),
    });
  } catch (error) {
    ledger?.close();
    throw error;
  }
}

function endOf(child: ChildProcess, lastLines: LastLines): Promise<ChannelEnd> {
  return new Promise((resolve) => {
    child.on("error", (cause) => resolve({ cause }));
    child.on("exit", (exitCode, signal) => {
      const end = (): void => {
        timer.cancel();
        resolve({ exitCode: exitCode ?? undefined, signal: signal ?? undefined, stderr: lastLines.toString() });
      };
      const timer = systemClock.after(lastOutput, end, true);
      // A turn later the system has let go of the process, too: nothing is left when the channel has ended.
      child.on("close", () => systemClock.after(0, end, true));
    });
  });
}
