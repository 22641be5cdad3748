/**
 * Finds handles (servers, sockets, watchers, children) that a future leaves open, by comparing the kinds of
 * active resources before and after. `unref`ed ones do not show, nor requests, which end by themselves.
 */

import { activeResources } from "./originals.ts";

const passing = /Req|ConnectWrap$|WriteWrap$|ShutdownWrap$|SendWrap$|^Immediate$|Request$|Job$/;

export class ResourceWatch {
  #before: readonly string[] = [];

  /** What is open now is none of the next future's. */
  accept(): void {
    this.#before = activeResources();
  }

  /** The kinds of what was opened since `accept` and is still open. */
  opened(): readonly string[] {
    const now = activeResources();
    const before = this.#before;
    if (now.length === before.length && now.every((kind, index) => kind === before[index])) return none;
    const counts = new Map<string, number>();
    for (const kind of before) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return now.filter((kind) => {
      const count = counts.get(kind) ?? 0;
      counts.set(kind, count - 1);
      return count <= 0 && !passing.test(kind);
    });
  }
}

const none: readonly string[] = [];
