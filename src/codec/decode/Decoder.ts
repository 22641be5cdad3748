/**
 * Rebuilds one `Encoded`. First a shell for every special, functions and classes where others need them; then fixups
 * put the shells where they belong; then the steps that need finished contents: bindings, entries, properties.
 * Specials named `late` (whose making runs code of the user's) follow one by one, when all they contain is finished.
 */

import type { Encoded, Special } from "../Encoded.ts";
import { currentSession } from "../../session/currentSession.ts";
import { setOwn, setPrototype, types } from "../reflection.ts";
import { close, defineProperties, type Integrity } from "../properties.ts";
import type { WeakContainer } from "../encode/encodeWeak.ts";
import { addEntries } from "./addEntries.ts";
import { assertWhole, damagedValue, Missing, number, propertyKey } from "./damage.ts";
import { functions } from "./decodeFunction.ts";
import { objects } from "./decodeObject.ts";
import { privates } from "./decodePrivate.ts";
import { references } from "./decodeReference.ts";

/** What a decoder asks its surroundings. */
export interface DecoderHooks {
  /** What was sent under this id: home's own, or `undefined` where it must be rebuilt. */
  home(id: string): object | undefined;
  /** A rebuilt function is the stand-in of home's `id`. */
  rebuilt(fn: Function, id: string): void;
  /** The same for a WeakMap or WeakSet. */
  rebuiltWeak(container: WeakContainer, id: string): void;
  /** A rebuilt function got an object of the message as its `prototype`. */
  replaced(prototype: object, fn: Function): void;
  constant(id: string): unknown;
  /** The memory of a block that was sent under this id. */
  block(id: string): ArrayBufferLike;
  /** The value imported for a special of `encoded`. */
  imported(special: Special): unknown;
  /** A module gave this value for a special. */
  named(value: unknown, special: Special): void;
}

/** Makes the shell of a special. Before it resolves others that may refer to this one, it has it kept. */
export type Rebuild = (decoder: Decoder, special: Special, keep: (shell: unknown) => void) => unknown;

const rebuilds: Readonly<Record<string, Rebuild | undefined>> = Object.assign(
  Object.create(null) as object,
  references,
  functions,
  objects,
  privates,
);

export class Decoder {
  readonly hooks: DecoderHooks;
  readonly dependencies: readonly unknown[];
  readonly #encoded: Encoded;
  readonly #specials: readonly Special[];
  readonly #late: ReadonlySet<number>;
  readonly #shells = new Map<number, unknown>();
  /** By the container whose contents they need. */
  readonly #steps = new Map<object, (() => void)[]>();
  /** By column. */
  readonly #mirrors = new Map<object, { readonly rows: readonly object[]; readonly key: PropertyKey }>();
  /** Containers with new steps. */
  #fresh: object[] = [];
  /** What the user's own code threw meanwhile. */
  #thrown: { readonly error: unknown } | undefined;
  /** How many late specials a container still lacks. */
  readonly #waiting = new Map<object, number>();

  constructor(hooks: DecoderHooks, encoded: Encoded, dependencies: readonly unknown[]) {
    this.hooks = hooks;
    this.#encoded = encoded;
    this.#specials = encoded.specials ?? [];
    this.#late = new Set(encoded.late);
    this.dependencies = dependencies;
  }

  /** Throws `ProtocolMismatch` for what is damaged, and whatever the user's code throws. */
  decode(): unknown {
    try {
      return this.#rebuild();
    } catch (error) {
      throw error instanceof Missing || (this.#thrown !== undefined && Object.is(this.#thrown.error, error)) ? error : damagedValue(error);
    }
  }

  /** Runs what may be code of the user's. */
  user<T>(body: () => T): T {
    try {
      return body();
    } catch (error) {
      this.#thrown = { error };
      throw error;
    }
  }

  #rebuild(): unknown {
    const holder = { root: this.#encoded.root };
    for (let index = 0; index < this.#specials.length; index += 1) if (!this.#late.has(index)) this.#resolve(index);
    this.#fill();
    const lacking = this.#patch(holder);
    this.#runSteps(this.#fresh);
    for (const index of this.#late) {
      this.#fresh = [];
      const value = this.#resolve(index);
      const places = lacking.get(index) ?? [];
      for (const [container, key] of places) {
        this.#set(container, key, value);
        this.#waiting.set(container, (this.#waiting.get(container) ?? 0) - 1);
      }
      this.#runSteps([...places.map(([container]) => container), ...this.#fresh]);
    }
    return holder.root;
  }

  /** Applies the fixups; gives those that must wait, by special. */
  #patch(holder: object): Map<number, (readonly [container: object, key: PropertyKey])[]> {
    const lacking = new Map<number, (readonly [object, PropertyKey])[]>();
    const fixups = this.#encoded.fixups ?? [];
    for (let at = 0; at < fixups.length; at += 3) {
      const [container, key, index] = [(fixups[at] ?? holder) as object, propertyKey(fixups[at + 1]), number(fixups[at + 2])]; // triples of our own making
      if (!this.#late.has(index)) {
        this.#set(container, key, this.#resolve(index));
        continue;
      }
      const places = lacking.get(index) ?? [];
      places.push([container, key]);
      lacking.set(index, places);
      this.#waiting.set(container, (this.#waiting.get(container) ?? 0) + 1);
    }
    return lacking;
  }

  #set(container: object, key: PropertyKey, value: unknown): void {
    setOwn(container, key, value);
    const mirror = this.#mirrors.get(container);
    const row = mirror?.rows[key as number]; // columns are lists
    if (mirror !== undefined && row !== undefined) setOwn(row, mirror.key, value);
  }

  /** What is put into `column` at a position is put into the row at that position, under `key`. */
  mirror(column: object, rows: readonly object[], key: PropertyKey): void {
    this.#mirrors.set(column, { rows, key });
  }

  #fill(): void {
    const fills = this.#encoded.fills ?? [];
    for (let at = 0; at < fills.length; at += 2) {
      const target = fills[at] as Map<unknown, unknown> | Set<unknown>; // pairs of our own making
      const entries = fills[at + 1] as readonly unknown[];
      this.step(entries, () => addEntries(target, entries));
    }
  }

  /** Runs the steps of those containers that lack nothing. */
  #runSteps(containers: readonly object[]): void {
    for (const container of containers) {
      if ((this.#waiting.get(container) ?? 0) > 0) continue;
      const steps = this.#steps.get(container) ?? [];
      this.#steps.delete(container);
      for (const run of steps) run();
    }
  }

  /** The value of a reference inside a tuple. */
  ref(ref: unknown): unknown {
    return typeof ref === "number" ? this.#resolve(ref) : (ref as readonly [unknown])[0];
  }

  /** The shell of a special: its identity, perhaps without contents yet. */
  #resolve(index: number): unknown {
    if (this.#shells.has(index)) return this.#shells.get(index);
    const special = this.#specials[index];
    if (special === undefined) throw new RangeError(`special ${index} of ${this.#specials.length} does not exist`);
    const rebuild = rebuilds[special[0]];
    if (rebuild === undefined) throw new TypeError(`unknown special ${String(special[0])}`);
    const shell = rebuild(this, special, (made) => this.#shells.set(index, made));
    this.#shells.set(index, shell);
    return shell;
  }

  /** Makes the specials with this tag and this first entry. */
  resolveAll(tag: string, first: unknown): void {
    this.#specials.forEach((special, index) => special[0] === tag && special[1] === first && this.#resolve(index));
  }

  /** The tag of what a reference stands for; `undefined`: a value that stands for itself. */
  tagOf(ref: unknown): string | undefined {
    return typeof ref === "number" ? this.#specials[ref]?.[0] : undefined;
  }

  /** Gives `made` its prototype, and its properties and integrity when the properties hold all that belongs in them. */
  finished<T extends object>(made: T, ...[prototype, properties, integrity]: readonly unknown[]): T {
    if (prototype !== "usual") setPrototype(made, this.ref(prototype) as object | null);
    this.step(properties, () => {
      defineProperties(made, properties as readonly unknown[]);
      close(made, integrity as Integrity);
    });
    return made;
  }

  /** Where a view stands: memory that others have too as a copy of its own, unless `use` allows more. */
  memory(given: unknown, use: unknown): ArrayBufferLike {
    const memory = typeof given === "string" ? this.hooks.block(given) : (given as ArrayBufferLike); // our own tuple
    assertWhole(types.isAnyArrayBuffer(memory), "memory is missing");
    if (typeof given !== "string" && types.isArrayBuffer(memory)) return memory;
    const { shared, frozen } = currentSession();
    if (use === "read") frozen.add(memory);
    else if (use !== undefined && types.isSharedArrayBuffer(memory)) shared.add(memory);
    else if (use === "sharedRead") frozen.add(memory);
    else return privateCopy(this.#encoded, memory);
    return memory;
  }

  /** Runs `run` when `container`, a part of the message, holds all that belongs in it. */
  step(container: unknown, run: () => void): void {
    const key = container as object; // what specials hold
    const steps = this.#steps.get(key);
    this.#fresh.push(key);
    if (steps === undefined) this.#steps.set(key, [run]);
    else steps.push(run);
  }
}

const copies = new WeakMap<Encoded, Map<ArrayBufferLike, ArrayBuffer>>();

/** One for each time that a message comes, however often it is decoded. */
function privateCopy(encoded: Encoded, memory: ArrayBufferLike): ArrayBuffer {
  const known = copies.get(encoded) ?? new Map<ArrayBufferLike, ArrayBuffer>();
  copies.set(encoded, known);
  const copy = known.get(memory) ?? new ArrayBuffer(memory.byteLength);
  if (!known.has(memory)) new Uint8Array(copy).set(new Uint8Array(memory));
  known.set(memory, copy);
  return copy;
}
