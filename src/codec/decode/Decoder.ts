/**
 * Rebuilds one `Encoded`. Order: shells of all specials (functions and classes first where others need them),
 * fixups, collections, then what needs finished contents: bindings, properties, class hooks.
 */

import type { Encoded, Special } from "./Encoded.ts";
import { decodeFunction } from "./decodeFunction.ts";
import { decodeObject } from "./decodeObject.ts";
import { decodeReference } from "./decodeReference.ts";

/** What a decoder asks its surroundings. */
export interface DecoderHooks {
  /** A function that was sent under this id: home's own, or `undefined` where it must be rebuilt. */
  home(id: string): Function | undefined;
  /** A rebuilt function is the stand-in of home's `id`. */
  rebuilt(fn: Function, id: string, hasPrivate: boolean): void;
  constant(id: string): unknown;
  /** The value imported for a special of `encoded`. */
  imported(special: Special): unknown;
}

export class Decoder {
  readonly hooks: DecoderHooks;
  readonly specials: readonly Special[];
  readonly dependencies: readonly unknown[];
  private readonly encoded: Encoded;
  private readonly shells = new Map<number, unknown>();
  private readonly late: (() => void)[] = [];
  private readonly bindings: (() => void)[] = [];

  constructor(hooks: DecoderHooks, encoded: Encoded, dependencies: readonly unknown[]) {
    this.hooks = hooks;
    this.encoded = encoded;
    this.specials = encoded.specials ?? [];
    this.dependencies = dependencies;
  }

  decode(): unknown {
    const holder = { root: this.encoded.root };
    for (let index = 0; index < this.specials.length; index += 1) if (!this.isCustom(index)) this.resolve(index);
    this.patch(holder, false);
    for (const bind of this.bindings) bind();
    this.fill();
    if (this.specials.some((special) => special[0] === "custom")) this.decodeCustoms(holder);
    for (const finish of this.late) finish();
    return holder.root;
  }

  /** Instances that their class rebuilds: its `decode` may call functions and read plain data, so they come late. */
  private decodeCustoms(holder: object): void {
    for (let index = 0; index < this.specials.length; index += 1) if (this.isCustom(index)) this.resolve(index);
    this.patch(holder, true);
    for (const bind of this.bindings) bind();
    this.fill();
  }

  private isCustom(index: number): boolean {
    return this.specials[index]?.[0] === "custom";
  }

  private patch(holder: object, customs: boolean): void {
    const fixups = this.encoded.fixups ?? [];
    for (let at = 0; at < fixups.length; at += 3) {
      const index = fixups[at + 2] as number; // triples of our own making
      if (this.isCustom(index) !== customs) continue;
      const container = (fixups[at] ?? holder) as Record<PropertyKey, unknown>;
      setOwn(container, fixups[at + 1] as PropertyKey, this.resolve(index));
    }
  }

  private fill(): void {
    const fills = this.encoded.fills ?? [];
    for (let at = 0; at < fills.length; at += 2) {
      const target = fills[at] as Map<unknown, unknown> | Set<unknown>; // pairs of our own making
      const entries = fills[at + 1] as readonly unknown[];
      target.clear();
      if (target instanceof Map) for (let i = 0; i < entries.length; i += 2) target.set(entries[i], entries[i + 1]);
      else for (const entry of entries) target.add(entry);
    }
  }

  /** The value of a reference inside a tuple. */
  ref(ref: unknown): unknown {
    return typeof ref === "number" ? this.resolve(ref) : (ref as readonly [unknown])[0];
  }

  /** The shell of a special: its identity, perhaps without contents yet. */
  resolve(index: number): unknown {
    if (this.shells.has(index)) return this.shells.get(index);
    const special = this.specials[index];
    if (special === undefined) throw new RangeError(`special ${index} of ${this.specials.length} does not exist`);
    const shell = this.build(special);
    this.shells.set(index, shell);
    return shell;
  }

  private build(special: Special): unknown {
    const built = decodeReference(this, special) ?? decodeFunction(this, special) ?? decodeObject(this, special);
    if (built === undefined) throw new TypeError(`unknown special ${String(special[0])}`);
    return built.value;
  }

  /** Runs after the fixups, before any property is finished: names of functions. */
  binding(step: () => void): void {
    this.bindings.push(step);
  }

  /** Runs when all contents are there. */
  finish(step: () => void): void {
    this.late.push(step);
  }
}

/** A built value, boxed: `undefined` itself means "not mine". */
export interface Built {
  readonly value: unknown;
}

function setOwn(container: Record<PropertyKey, unknown>, key: PropertyKey, value: unknown): void {
  if (key === "__proto__") Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
  else container[key] = value;
}
