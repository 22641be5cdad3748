/**
 * A worker that is a process on this machine. Messages travel on file descriptor 3; what it writes on 1 and 2
 * goes on to this process's, and the last lines of 2 are kept to explain its death.
 */

import { spawn, type ChildProcess } from "node:child_process";
import { Duplex, type Readable } from "node:stream";
import type { Launch } from "../launchers/localProcess.ts";
import type { Channel, ChannelEnd } from "../transport/Channel.ts";
import { streamChannel } from "../transport/streamChannel.ts";
import { LastLines } from "./LastLines.ts";

/** Starts the process. Throws when the system cannot; a command that does not exist ends the channel. */
export function processChannel({ command, args, env }: Launch): Channel {
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe", "pipe"], windowsHide: true });
  const link = child.stdio[3];
  if (!(link instanceof Duplex)) throw new Error("The system gave the worker's process no channel.", { cause: child });
  const lastLines = new LastLines();
  child.stdout?.on("data", (chunk: Uint8Array) => process.stdout.write(chunk));
  child.stderr?.on("data", (chunk: Uint8Array) => {
    lastLines.push(chunk);
    process.stderr.write(chunk);
  });
  for (const stream of [child.stdout, child.stderr]) unreference(stream);
  const handles = [child, link];
  return streamChannel({
    readable: link,
    writable: link,
    ended: endOf(child, lastLines),
    ref: () => void [child, link].forEach(reference)
    ...
  });
}
