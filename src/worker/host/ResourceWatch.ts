/**
 * Finds handles (servers, sockets, watchers, children) that a future leaves open, by comparing the kinds of
 * active resources before and after. `unref`ed ones do not show, nor requests, which end by themselves.
 * Node numbers asynchronous resources in order: where no number was given out meanwhile, nothing need be compared.
 */

import { AsyncResource } from "node:async_hooks";
import { activeResources } from "./originals.ts";

/** They end by themselves. */
const passing = /Req|ConnectWrap$|WriteWrap$|ShutdownWrap$|SendWrap$|Request$|Job$/;
const none: readonly string[] = [];

export class ResourceWatch {
  #before: readonly string[] = none;
  /** The number at the last `accept`, and at the last `opened` that found nothing. */
  #accepted = 0;
  #quiet = 0;

  /** What is open now is none of the next future's. */
  accept(): void {
    this.#accepted = nextNumber();
    if (this.#accepted !== this.#quiet + 1) this.#before = activeResources();
  }

  /** What the body opens is the worker's own. */
  own<T>(body: () => T): T {
    const before = activeResources();
    const made = body();
    this.#before = [...this.#before, ...added(before, activeResources())];
    return made;
  }

  /** The kinds of what was opened since `accept` and is still open. */
  opened(): readonly string[] {
    const number = nextNumber();
    if (number !== this.#accepted + 1) return added(this.#before, activeResources());
    this.#quiet = number;
    return none;
  }
}

function nextNumber(): number {
  return new AsyncResource("futureplan", { requireManualDestroy: true }).asyncId();
}

function added(before: readonly string[], now: readonly string[]): readonly string[] {
  if (now.length === before.length && now.every((kind, index) => kind === before[index])) return none;
  const counts = new Map<string, number>();
  for (const kind of before) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return now.filter((kind) => {
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count - 1);
    return count <= 0 && !passing.test(kind);
  });
}
