/**
 * Promises that are part of an object travel as they are, if they have settled. Whether they have is looked at when the walk is over: what is
 * also captured by itself is waited for, wherever it was met first.
 */

import { types } from "../reflection.ts";
import { addPrivatesOf } from "./encodePrivate.ts";
import { encodeSlotted } from "./encodeSlots.ts";
import type { Encoder } from "./Encoder.ts";
import { isWaitedFor, type Path } from "./Path.ts";
import { refusal } from "./refusals.ts";

/** A future or promise that is waited for, and where it was met. */
export interface Waited {
  readonly value: object;
  readonly path: Path;
}

/** What a promise has come to. */
export interface Settlement {
  readonly isRejected: boolean;
  /** Its value, or its reason. */
  readonly value: unknown;
}

/** `["settled", is rejected, [value]]`; the tag alone until it is known. */
type SettledSpecial = [tag: string, ...rest: unknown[]];

export class PromiseParts {
  readonly #met = new Map<object, { readonly special: SettledSpecial; readonly path: Path }>();

  add(encoder: Encoder, promise: object, path: Path): number {
    const special: SettledSpecial = ["settled"];
    this.#met.set(promise, { special, path });
    return encodePromise(encoder, promise, special, path);
  }

  /** It was met in one more place. */
  again(encoder: Encoder, value: object, path: Path): void {
    const special = this.#met.get(value)?.special;
    if (special === undefined || !isWaitedFor(path)) return;
    this.#met.delete(value);
    special.splice(0, special.length, ...dependency(encoder, value, path));
  }

  /** Encodes what those that were met have come to; the next may be met meanwhile. */
  settle(encoder: Encoder): void {
    for (const [promise, { special, path }] of this.#met) {
      if (special.length > 1) continue;
      const settlement = encoder.hooks.settlementOf?.(promise, path);
      if (settlement === undefined) encoder.refuse(path, ...refusal.pending);
      const holder: unknown[] = [undefined];
      special.push(settlement.isRejected, holder);
      if (settlement.isRejected) void handle(promise);
      encoder.put(holder, 0, settlement.value, { up: path, name: settlement.isRejected ? "its reason" : "its value" });
      encoder.drainPending();
    }
  }
}

/** Of a class of its own, or with properties, it keeps them. */
function encodePromise(encoder: Encoder, promise: object, special: SettledSpecial, path: Path): number {
  const ofNode = Object.getOwnPropertySymbols(promise).filter(({ description = "" }) => nodes.test(description));
  const index = encodeSlotted(encoder, promise, special, path, ofNode);
  addPrivatesOf(encoder, promise, path);
  return index;
}

/** A promise that is waited for. */
export function encodeWaited(encoder: Encoder, promise: object, path: Path): number {
  return encodePromise(encoder, promise, [...dependency(encoder, promise, path)], path);
}

/** `["dependency", index, is a promise]`: the receiver gets the value, or a promise of it. */
export function dependency(encoder: Encoder, value: object, path: Path): readonly [tag: string, index: number, isPromise: boolean] {
  return ["dependency", encoder.thenables.push({ value, path }) - 1, types.isPromise(value)];
}

/** Symbols under which Node keeps things on promises while `async_hooks` are in use. */
const nodes = /^(?:(?:trigger_)?async_id_symbol|kResourceStore)$/;

/** Whoever uses it there deals with the rejection, not home. */
async function handle(promise: object): Promise<void> {
  try {
    await promise; // oxlint-disable-line typescript/await-thenable -- it is one
  } catch {
    return;
  }
}
