/**
 * One thread's side of the codec: knows the definitions it was sent, what it imported, and which of its
 * functions stand for functions at home. Encodes results, decodes tasks.
 */

import { currentSession } from "../session/currentSession.ts";
import type { Definition, Encoded, Special } from "./Encoded.ts";
import type { WeakContainer } from "./encode/encodeWeak.ts";
import { Decoder, type DecoderHooks } from "./decode/Decoder.ts";
import { damagedValue } from "./decode/damage.ts";
import type { ResultKind } from "./encode/outgoing.ts";
import type { ResultEncoder, ResultHooks } from "./encode/resultEncoder.ts";
import { Imports, type ImportHost } from "./Imports.ts";
import type { IntrinsicPath } from "./scanIntrinsics.ts";
import { defineUnit, findUnit } from "./decode/units.ts";
import { descriptorOf, hasOwn } from "./reflection.ts";
import { publishedName } from "../session/publish.ts";

export interface LinkerHost extends ImportHost {
  /** At home: what was sent under this id comes back as itself. */
  home?(id: string): object | undefined;
  /** What encodes results; asked for by the first that needs it. */
  results(): ResultEncoder;
}

/** An encoded result with the definitions its receiver may lack. */
export interface Result {
  readonly body: Encoded;
  readonly definitions: readonly Definition[];
  readonly transfer: readonly ArrayBuffer[];
}

/** A function was met that only the capture engine (inspector and parser) can take apart. */
class NeedsCapture extends Error {}

export class Linker {
  readonly #host: LinkerHost;
  readonly #constants = new Map<
    string,
    { readonly encoded: Encoded; value?: unknown; ready: boolean; touches?: boolean; contained?: boolean }
  >();
  readonly #blocks = new Map<string, ArrayBufferLike>();
  readonly #imports: Imports;
  /** Imported or library values, and rebuilt home functions: how each is named to the other side. */
  readonly #references = new WeakMap<WeakKey, Special>();
  /** Objects that functions got as their `prototype`. */
  readonly #replaced = new WeakMap<object, Function>();
  /** Rebuilt WeakMaps and WeakSets of home's. */
  #weak: WeakRef<WeakContainer>[] = [];
  readonly #decoding: DecoderHooks;
  readonly #encoding: ResultHooks;
  /** What is being encoded has functions that were made here. */
  #sawForeign = false;

  constructor(host: LinkerHost) {
    this.#host = host;
    this.#imports = new Imports(host);
    this.#decoding = {
      home: (id) => host.home?.(id),
      rebuilt: (fn, id) => this.#references.set(fn, ["home", id]),
      rebuiltWeak: (container, id) => this.#noteWeak(container, id),
      constant: (id) => this.#constant(id),
      replaced: (prototype, fn) => void this.#replaced.set(prototype, fn),
      block: (id) => this.#block(id),
      imported: (special) => this.#imported(special),
      named: (value, special) => this.#named(value, special),
    };
    this.#encoding = {
      known: (value) => this.#reference(value),
      replaced: (prototype) => this.#replaced.get(prototype),
      foreign: () => {
        this.#sawForeign = true;
        throw new NeedsCapture("a function that was made in the worker");
      },
      weak: () => this.#weakContainers(),
    };
  }

  define(definitions: readonly Definition[]): void {
    for (const definition of definitions) {
      switch (definition.type) {
        case "unit":
          defineUnit(definition);
          break;
        case "constant":
          this.#constants.set(definition.id, { encoded: definition.encoded, ready: false });
          break;
        case "block":
          this.#blocks.set(definition.id, definition.bytes.buffer);
          break;
      }
    }
  }

  /** Lets go of blocks. */
  forget(ids: readonly string[]): void {
    for (const id of ids) this.#blocks.delete(id);
  }

  #block(id: string): ArrayBufferLike {
    const memory = this.#blocks.get(id);
    if (memory === undefined) throw new Error(`block ${id} was not sent`);
    return memory;
  }

  /** Imports what must be there before `decode`; `undefined`: nothing has to be. */
  imports(...encoded: readonly Encoded[]): Promise<void> | undefined {
    const missing: Special[] = [];
    for (const one of encoded) this.#collectMissing(one, missing);
    return missing.length === 0 ? undefined : this.#imports.load(missing);
  }

  #collectMissing(encoded: Encoded, missing: Special[]): void {
    for (const special of encoded.specials ?? []) {
      if (this.#imports.lacks(special)) missing.push(special);
      if (special[0] === "constant") {
        const constant = this.#constants.get(special[1] as string); // our own tuple
        if (constant !== undefined && !constant.ready) this.#collectMissing(constant.encoded, missing);
      }
    }
  }

  /** Rebuilds a value; `imports` of it must have settled before. */
  decode(encoded: Encoded, dependencies: readonly unknown[] = []): unknown {
    const constant = constantIn(encoded);
    if (constant !== undefined) return [this.#constant(constant), ...(encoded.root as readonly unknown[]).slice(1)]; // an array, see there
    return encoded.specials === undefined ? encoded.root : new Decoder(this.#decoding, encoded, dependencies).decode();
  }

  /** Whether any of its code may write to `globalThis`. */
  touchesGlobals(encoded: Encoded): boolean {
    return (encoded.specials ?? []).some((special) => {
      switch (special[0]) {
        case "function":
          return findUnit(special[1] as string)?.touchesGlobals === true; // our own tuple
        case "constant": {
          const constant = this.#constants.get(special[1] as string);
          if (constant !== undefined) constant.touches ??= this.touchesGlobals(constant.encoded);
          return constant?.touches === true;
        }
        default:
          return false;
      }
    });
  }

  /** Whether its code can leave values nowhere where they outlast its run: no module, no resource of the worker's, no global object. */
  #isContained(encoded: Encoded): boolean {
    return (encoded.specials ?? []).every(([tag, first]) => {
      if (tag === "function") return findUnit(first as string)?.contained === true; // our own tuples
      if (tag === "intrinsic")
        return this.#host.results().isOfLanguage(first as IntrinsicPath) && !leaking.has((first as IntrinsicPath)[0]);
      if (tag === "library") return first === "rng" || first === "currentFuture";
      if (tag !== "constant") return !outside.has(tag);
      const constant = this.#constants.get(first as string);
      return constant !== undefined && (constant.contained ??= this.#isContained(constant.encoded));
    });
  }

  /**
   * Encodes a result or an error of the task with this body. Asynchronous only when a function made here has to be taken apart. Throws `NotPortable`;
   * of an error functions are left out, too, if they cannot be had otherwise.
   */
  encode(value: unknown, kind: ResultKind = "value", task?: Encoded): Result | Promise<Result> {
    if (value === null || (typeof value !== "object" && typeof value !== "function" && typeof value !== "symbol")) {
      return { body: { root: value }, definitions: [], transfer: [] };
    }
    this.#sawForeign = false;
    let result: Result;
    try {
      const { body, cut, whole } = this.#host.results().encode(value, kind, this.#encoding);
      const transfer = whole.length > 0 && task !== undefined && this.#isContained(task) ? [...cut, ...whole] : cut;
      result = { body, definitions: [], transfer };
    } catch (error) {
      if (!(error instanceof NeedsCapture)) throw error;
      return this.#capture(value, kind);
    }
    return this.#sawForeign ? this.#completed(value, kind, result) : result;
  }

  /** The same with the functions that were left out, if they can be taken apart. */
  #completed(value: unknown, kind: ResultKind, result: Result): Result | Promise<Result> {
    try {
      const complete = this.#capture(value, kind);
      return complete instanceof Promise ? complete.catch(() => result) : complete;
    } catch {
      return result; // what it says in their place tells why
    }
  }

  #capture(value: unknown, kind: ResultKind): Result | Promise<Result> {
    const { capture } = currentSession();
    if (capture !== undefined) return capture(value, kind, this.#encoding) as Result; // `globals/` sets it to a function of this shape
    return this.#host.importLibrary().then(() => {
      const loaded = currentSession().capture;
      if (loaded === undefined) throw new Error("futureplan was imported in the worker, but offers no capture");
      return loaded(value, kind, this.#encoding) as Result;
    });
  }

  #reference(value: WeakKey): Special | undefined {
    return this.#references.get(value) ?? (typeof value === "function" ? libraryReference(value) : undefined);
  }

  #noteWeak(container: WeakContainer, id: string): void {
    this.#references.set(container, ["home", id]);
    this.#weak.push(new WeakRef(container));
  }

  /** Those that are still there. */
  #weakContainers(): readonly WeakContainer[] {
    if (this.#weak.length === 0) return [];
    this.#weak = this.#weak.filter((each) => each.deref() !== undefined);
    return this.#weak.flatMap((each) => each.deref() ?? []);
  }

  #constant(id: string): unknown {
    const constant = this.#constants.get(id);
    if (constant === undefined) throw damagedValue(new Error(`constant ${id} was not sent`));
    if (!constant.ready) {
      constant.value = this.decode(constant.encoded);
      constant.ready = true;
    }
    return constant.value;
  }

  #imported(special: Special): unknown {
    const value = this.#imports.value(special);
    this.#named(value, special);
    return value;
  }

  /** Symbols of a module's are neither registered nor well-known: those are sent as what they are. */
  #named(value: unknown, special: Special): void {
    if ((typeof value === "object" && value !== null) || typeof value === "function" || typeof value === "symbol")
      this.#references.set(value, special);
    if (typeof value === "function" && isReplaced(value)) this.#replaced.set(value.prototype as object, value);
  }
}

/** The id of the constant that is called, where an encoded value is nothing but its call with plain arguments. */
function constantIn({ root, specials, fixups }: Encoded): string | undefined {
  if (specials?.length !== 1 || fixups?.length !== 3 || fixups[0] !== root || fixups[1] !== 0 || !Array.isArray(root)) return undefined;
  const [tag, id] = specials[0] ?? [];
  return tag === "constant" ? (id as string) : undefined; // our own tuple
}

/** What comes from modules of the worker's, which may keep what they are given. */
const outside = new Set(["import", "require", "scope", "meta", "dynamicImport", "util"]);
/** Of the language, what can evaluate texts. */
const leaking = new Set(["Function", "eval", "globalThis"]);

const errorBrand = Symbol.for("futureplan/error");

/** Exports of the library and its error classes, whichever copy of the code they come from. */
export function libraryReference(fn: Function): Special | undefined {
  if (hasOwn(fn, "prototype") && errorBrand in fn) return ["library", fn.name];
  const name = publishedName(fn);
  return name === undefined ? undefined : ["library", name];
}

function isReplaced(fn: Function): boolean {
  const own: unknown = descriptorOf(fn, "prototype")?.value;
  return typeof own === "object" && own !== null && descriptorOf(own, "constructor")?.value !== fn;
}
