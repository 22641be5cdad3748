/**
 * Sees to it that a process ends with this one, however this one ends: after SIGTERM or SIGKILL nobody here can end it,
 * and blocked in a loop it would not notice. One small shell for all knows their numbers and waits for the end of its
 * input. On Windows the system does the same by itself.
 */

import { spawn, type ChildProcess } from "node:child_process";
import { Socket } from "node:net";
import { systemClock } from "../platform/clock.ts";

/** The last line is the list of those that are left; signals from the terminal reach the shell, too. */
const script = 'trap "" HUP INT TERM; while read -r line; do all=$line; done; kill -KILL $all';

const guarded = new Set<number>();
let shell: ChildProcess | undefined;
let isTelling = false;

/** Call when it has been started. */
export function guardProcess(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined || process.platform === "win32") return;
  guarded.add(pid);
  tellSoon();
  child.once("exit", () => {
    guarded.delete(pid);
    tellSoon();
  });
}

/** Once for all that start or end together, and while the first of them gets ready: the shell takes milliseconds, too. */
function tellSoon(): void {
  if (isTelling) return;
  isTelling = true;
  systemClock.after(0, tell);
}

function tell(): void {
  isTelling = false;
  if (shell === undefined && guarded.size === 0) return;
  shell ??= startShell();
  shell.stdin?.write(`${[...guarded].join(" ")}\n`);
  if (guarded.size > 0) return;
  shell.stdin?.end();
  shell = undefined;
}

/** Where there is none, processes that are blocked outlive this one. */
function startShell(): ChildProcess {
  const child = spawn("/bin/sh", ["-c", script], { cwd: "/", env: {}, stdio: ["pipe", "ignore", "ignore"] });
  const ignore = (): void => undefined;
  child.on("error", ignore);
  child.stdin?.on("error", ignore);
  if (child.stdin instanceof Socket) child.stdin.unref();
  child.unref();
  return child;
}
