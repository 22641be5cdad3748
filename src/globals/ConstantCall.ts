/**
 * A call of a known constant with plain arguments. While it waits it is nothing but these two: what travels is made when
 * it is sent, so that a hundred thousand pending futures cost little.
 */

import type { Definition, Encoded, Payload, Special } from "../codec/Encoded.ts";
import type { KnownConstant } from "./knownConstants.ts";
import type { PackageState, Snapshot } from "./snapshots.ts";

const none: readonly object[] = [];
const nothing: readonly never[] = [];

export class ConstantCall implements Snapshot, Payload {
  readonly #constant: KnownConstant;
  readonly #args: readonly unknown[];

  /** `args` are primitives. */
  constructor(constant: KnownConstant, args: readonly unknown[]) {
    this.#constant = constant;
    this.#args = args.length === 0 ? none : [...args];
  }

  get _tag(): "captured" {
    return "captured";
  }

  get payload(): Payload {
    return this;
  }

  get futures(): readonly never[] {
    return nothing;
  }

  get configured(): readonly PackageState[] {
    return this.#constant.configured;
  }

  get body(): Encoded {
    const root = [undefined, ...this.#args];
    return { root, specials: specialsOf(this.#constant), fixups: [root, 0, 0] };
  }

  get needs(): readonly Definition[] {
    return this.#constant.needs;
  }

  get blocks(): readonly never[] {
    return nothing;
  }

  get bytes(): number {
    return 16 * (this.#args.length + 1);
  }

  get local(): undefined {
    return undefined;
  }
}

const known = new WeakMap<KnownConstant, readonly Special[]>();

function specialsOf(constant: KnownConstant): readonly Special[] {
  const specials = known.get(constant) ?? [["constant", constant.id]];
  known.set(constant, specials);
  return specials;
}
