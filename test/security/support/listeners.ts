/** Sockets that processes listen at, as Linux shows them under `/proc`. Self-contained, so that futures can look from inside. */

import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Tables of the kernel, and how each marks a socket that listens. */
const tables = [
  ["tcp", /^\s*\d+: (\S+) \S+ 0A \S+ \S+ \S+\s+\d+\s+\d+ (\d+)/],
  ["tcp6", /^\s*\d+: (\S+) \S+ 0A \S+ \S+ \S+\s+\d+\s+\d+ (\d+)/],
  ["unix", /^\S+: \S+ \S+ (00010000) \S+ \S+\s+(\d+)/],
] as const;

/** What a process listens at: kind and address of each socket. */
export function listenersOf(pid: number): string[] {
  const sockets = new Set(namesIn(`/proc/${pid}/fd`).map((name) => linkOf(`/proc/${pid}/fd/${name}`)));
  return tables.flatMap(([kind, listening]) => {
    const file = `/proc/${pid}/net/${kind}`;
    const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
    return lines.flatMap((line) => {
      const [, address, inode] = listening.exec(line) ?? [];
      return address !== undefined && sockets.has(`socket:[${inode}]`) ? [`${pid} ${kind} ${address}`] : [];
    });
  });
}

/** A process and all that it started, and they. */
export function familyOf(pid: number): number[] {
  const children = namesIn(`/proc/${pid}/task`).flatMap((task) =>
    contentOf(`/proc/${pid}/task/${task}/children`).split(" ").filter(Boolean),
  );
  return [pid, ...children.flatMap((child) => familyOf(Number(child)))];
}

/** A process may end while it is looked at. */
function attempt<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}

function namesIn(folder: string): string[] {
  return attempt(() => readdirSync(folder), []);
}

function linkOf(file: string): string {
  return attempt(() => readlinkSync(file), "");
}

function contentOf(file: string): string {
  return attempt(() => readFileSync(file, "utf8"), "");
}
