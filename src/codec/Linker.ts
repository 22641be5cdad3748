/**
 * One thread's side of the codec: knows the definitions it was sent, what it imported, and which of its
 * functions stand for functions at home. Encodes results, decodes tasks.
 */

import { currentSession } from "../session/currentSession.ts";
import type { Definition, Encoded, Special } from "./Encoded.ts";
import { Decoder, type DecoderHooks } from "./decode/Decoder.ts";
import { damagedValue, Missing, text } from "./decode/damage.ts";
import { followKeys } from "./decode/decodeReference.ts";
import type { ResultEncoder, ResultHooks } from "./encode/resultEncoder.ts";
import { importFrom } from "./importFrom.ts";
import type { IntrinsicPath } from "./scanIntrinsics.ts";
import { defineUnit, findUnit } from "./decode/units.ts";
import { hasOwn } from "./reflection.ts";
import { publishedName } from "../session/publish.ts";

export interface LinkerHost {
  /** At home: the function that was sent under this id comes back as itself. */
  home?(id: string): Function | undefined;
  /** What encodes results; asked for by the first that needs it. */
  results(): ResultEncoder;
  /** The namespace of `futureplan` itself, for closures that use it. */
  importLibrary(): Promise<Readonly<Record<string, unknown>>>;
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
  readonly #modules = new Map<string, unknown>();
  /** Imported or library values, and rebuilt home functions: how each is named to the other side. */
  readonly #references = new WeakMap<object, Special>();
  readonly #decoding: DecoderHooks;
  readonly #encoding: ResultHooks;

  constructor(host: LinkerHost) {
    this.#host = host;
    this.#decoding = {
      home: (id) => host.home?.(id),
      rebuilt: (fn, id) => this.#references.set(fn, ["home", id]),
      constant: (id) => this.#constant(id),
      block: (id) => this.#block(id),
      imported: (special) => this.#imported(special),
    };
    this.#encoding = {
      known: (value) => this.#reference(value),
      foreign: () => {
        throw new NeedsCapture("a function made here");
      },
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
    return missing.length === 0 ? undefined : this.#importAll(missing);
  }

  #collectMissing(encoded: Encoded, missing: Special[]): void {
    for (const special of encoded.specials ?? []) {
      if (special[0] === "import" && !this.#modules.has(moduleKey(special))) missing.push(special);
      if (special[0] === "library" && currentSession().library === undefined) missing.push(special);
      if (special[0] === "constant") {
        const constant = this.#constants.get(special[1] as string); // our own tuple
        if (constant !== undefined && !constant.ready) this.#collectMissing(constant.encoded, missing);
      }
    }
  }

  async #importAll(missing: readonly Special[]): Promise<void> {
    for (const special of missing) {
      if (special[0] === "library") currentSession().library ??= await this.#host.importLibrary();
      else if (!this.#modules.has(moduleKey(special))) {
        const namespace = await importFrom(text(special[1]), text(special[2]));
        this.#modules.set(moduleKey(special), namespace);
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

  /** Encodes a result or an error of the task with this body. Asynchronous only when a function made here has to be taken apart. Throws `NotPortable`. */
  encode(value: unknown, task?: Encoded): Result | Promise<Result> {
    if (value === null || (typeof value !== "object" && typeof value !== "function" && typeof value !== "symbol")) {
      return { body: { root: value }, definitions: [], transfer: [] };
    }
    try {
      const { body, cut, whole } = this.#host.results().encode(value, this.#encoding);
      const transfer = whole.length > 0 && task !== undefined && this.#isContained(task) ? [...cut, ...whole] : cut;
      return { body, definitions: [], transfer };
    } catch (error) {
      if (!(error instanceof NeedsCapture)) throw error;
      return this.#capture(value);
    }
  }

  #capture(value: unknown): Result | Promise<Result> {
    const { capture } = currentSession();
    const reference = (given: object): Special | undefined => this.#references.get(given);
    if (capture !== undefined) return capture(value, reference) as Result; // `globals/` sets it to a function of this shape
    return this.#host.importLibrary().then(() => {
      const loaded = currentSession().capture;
      if (loaded === undefined) throw new Error("futureplan was imported in the worker, but offers no capture");
      return loaded(value, reference) as Result;
    });
  }

  #reference(value: object): Special | undefined {
    return this.#references.get(value) ?? (typeof value === "function" ? libraryReference(value) : undefined);
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
    const keys = (special[0] === "library" ? [special[1]] : special[3]) as readonly string[]; // our own tuple
    const namespace = special[0] === "library" ? currentSession().library : this.#modules.get(moduleKey(special));
    const value = followKeys(namespace, keys);
    if (value === undefined) throw new Missing(`${String(special[1])} has no export ${keys.join(".")} here`);
    if ((typeof value === "object" && value !== null) || typeof value === "function") this.#references.set(value, special);
    return value;
  }
}

/** The id of the constant that is called, where an encoded value is nothing but its call with plain arguments. */
function constantIn({ root, specials, fixups }: Encoded): string | undefined {
  if (specials?.length !== 1 || fixups?.length !== 3 || fixups[0] !== root || fixups[1] !== 0 || !Array.isArray(root)) return undefined;
  const [tag, id] = specials[0] ?? [];
  return tag === "constant" ? (id as string) : undefined; // our own tuple
}

/** What comes from modules of the worker's, which may keep what they are given. */
const outside = new Set(["import", "require", "meta", "dynamicImport", "promisify"]);
/** Of the language, what can evaluate texts. */
const leaking = new Set(["Function", "eval", "globalThis"]);

const errorBrand = Symbol.for("futureplan/error");

/** Exports of the library and its error classes, whichever copy of the code they come from. */
export function libraryReference(fn: Function): Special | undefined {
  if (hasOwn(fn, "prototype") && errorBrand in fn) return ["library", fn.name];
  const name = publishedName(fn);
  return name === undefined ? undefined : ["library", name];
}

function moduleKey(special: Special): string {
  return `${text(special[1])}\n${text(special[2])}`;
}
