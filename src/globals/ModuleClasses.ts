/**
 * Classes, prototypes and symbols of modules, as a capture meets them: which of them the receiver can be told of, though no module exports them.
 * At home that concerns packages, the user's own classes travel by value. In a worker it concerns every module that was imported there, and
 * only what was made there by code that came from home travels by value.
 */

import { types } from "node:util";
import type { Special } from "../codec/Encoded.ts";
import type { Encoder } from "../codec/encode/Encoder.ts";
import { classesOf, isNative, isObjectPrototype, nameOf, prototypeOwner, prototypesOf, textOf } from "../codec/encode/objects.ts";
import type { Path } from "../codec/encode/Path.ts";
import { namesModule } from "../codec/namesModule.ts";
import { descriptorOf, keysOf, prototypeOf, symbolsOf } from "../codec/reflection.ts";
import { lookAt, type ScopeFrame } from "../platform/inspector.ts";
import { InspectorAbsent } from "../platform/inspectorSession.ts";
import { isLoadedCommonJs, isPackageUrl, loadedCommonJs } from "../platform/packages.ts";
import { currentSession } from "../session/currentSession.ts";
import { anyPackageReference, homeReference, packageReference, symbolReference } from "./homeReference.ts";
import { knownScopeReference, scopeReference, searchPackage } from "./moduleScopes.ts";
import { scriptOf, type Script } from "./Script.ts";
import { valuesName } from "./unitNames.ts";

/** Where a function stands. */
interface Standing {
  readonly script: Script;
  readonly scopes: readonly ScopeFrame[];
}

interface Doubt {
  readonly symbol: symbol;
  readonly name: string;
  readonly path: Path;
}

type Known = ((value: WeakKey) => Special | undefined) | undefined;

export class ModuleClasses {
  /** In a worker: how home calls what came from there. */
  readonly #known: Known;
  /** What was met as the owner of a prototype. */
  readonly #owners = new WeakSet<Function>();
  readonly #doubts: Doubt[] = [];

  constructor(known: Known) {
    this.#known = known;
  }

  get #isHome(): boolean {
    return this.#known === undefined;
  }

  /** Whether instances may refer to `constructor`, which nobody knows a name of yet. */
  admits(constructor: Function): boolean {
    this.#owners.add(constructor);
    if (this.#isHome) return true;
    const standing = isNative(constructor) ? undefined : standingOf(constructor);
    if (standing === undefined || standing.script.url.startsWith("node:")) return false;
    return this.reference(constructor, standing) !== undefined || !isOfModule(standing);
  }

  /** A class by the file that it stands in. */
  reference(fn: Function, { script, scopes }: Standing): Special | undefined {
    if (!this.#concerns({ script, scopes }) || !(this.#owners.has(fn) || isClass(fn))) return undefined;
    return packageReference(fn, script, scopes) ?? this.#named(fn, script.url);
  }

  /** An object that is the prototype of others and names no class. */
  prototype(prototype: object): Special | undefined {
    const fn = functionOn(prototype);
    const standing = fn === undefined || isNative(fn) ? undefined : standingOf(fn);
    if (standing === undefined || !this.#concerns(standing)) return undefined;
    return this.#named(prototype, standing.script.url);
  }

  /** In the file where it stands, else anywhere in the package. */
  #named(value: object, url: string): Special | undefined {
    const near = homeReference(value) ?? scopeReference(value, url);
    const files = Object.keys(loadedCommonJs()).length;
    if (near !== undefined || !isPackageUrl(url) || sought.get(value) === files) return near;
    sought.set(value, files);
    const named = anyPackageReference(value, url);
    if (named !== undefined) return named;
    searchPackage(url);
    return knownScopeReference(value);
  }

  symbol(symbol: symbol): Special | undefined {
    return symbolReference(symbol) ?? knownScopeReference(symbol);
  }

  /** Symbols on an instance of a package's: those that its code in the receiver cannot find make it useless, unless they are the user's. */
  checkSymbols(value: object, symbols: readonly symbol[], path: Path): void {
    const isHidden = (symbol: symbol): boolean =>
      this.symbol(symbol) === undefined && !isNodes(symbol) && (this.#isHome || !hasTravelled(symbol));
    const url = symbols.some(isHidden) ? this.#fileOf(value) : undefined;
    if (url === undefined) return;
    searchPackage(url);
    const [nearest] = classesOf(value);
    const name = (nearest && nameOf(nearest)) || "an anonymous class";
    for (const symbol of symbols.filter(isHidden)) {
      doubtful.add(symbol);
      this.#doubts.push({ symbol, name, path });
    }
  }

  /** The file of the nearest class that the receiver has already. */
  #fileOf(value: object): string | undefined {
    for (const prototype of prototypesOf(value)) {
      const fn = types.isProxy(prototype) ? undefined : (prototypeOwner(prototype) ?? functionOn(prototype));
      const standing = fn === undefined || isNative(fn) ? undefined : standingOf(fn);
      if (fn === undefined || standing === undefined || !this.#concerns(standing)) continue;
      if ([prototype, fn].some((one) => namesModule(this.#reference(one)))) return standing.script.url;
    }
    return undefined;
  }

  /** Settles what was doubtful: symbols that captured code holds are the user's. */
  settle(encoder: Encoder, isHeld: (symbol: symbol) => boolean): void {
    for (const { symbol, name, path } of this.#doubts) {
      if (isHeld(symbol)) {
        doubtful.delete(symbol);
        continue;
      }
      const what = `an instance of ${name} keeps state under ${String(symbol)}, which only the package's own code can find`;
      encoder.refuse(path, what, "Make it inside the future, or once per worker with workerLocal(() => …).");
    }
  }

  #reference(value: object): Special | undefined {
    return this.#known?.(value) ?? homeReference(value) ?? knownScopeReference(value);
  }

  #concerns(standing: Standing): boolean {
    return standing.script.inPackage || (!this.#isHome && isLoaded(standing));
  }
}

/** What was looked for in all of its package, by how many files there were then. */
const sought = new WeakMap<object, number>();

function standingOf(fn: Function): Standing | undefined {
  try {
    const { scriptId, scopes } = lookAt(fn);
    return scriptId === undefined ? undefined : { script: scriptOf(scriptId), scopes };
  } catch (error) {
    if (error instanceof InspectorAbsent) return undefined;
    throw error;
  }
}

/** Whether it may stand in a module that was imported here. */
function isLoaded({ script, scopes }: Standing): boolean {
  return isInModule(scopes) || isLoadedCommonJs(script.url);
}

/** Whether it does, rather than in code that was sent here and goes by the name of its file. */
function isOfModule(standing: Standing): boolean {
  return isInModule(standing.scopes) || ((standing.script.inPackage || isLoaded(standing)) && !isSent(standing.script));
}

function isInModule(scopes: readonly ScopeFrame[]): boolean {
  return scopes.some(({ description }) => description.startsWith("Module"));
}

function isSent({ source }: Script): boolean {
  return source.includes(`}, function (${valuesName}) {`);
}

/** Whether it is made to have instances. */
function isClass(fn: Function): boolean {
  if (textOf(fn).startsWith("class")) return true;
  const own: unknown = descriptorOf(fn, "prototype")?.value;
  if (typeof own !== "object" || own === null || types.isProxy(own) || types.isGeneratorFunction(fn)) return false;
  const above: unknown = prototypeOf(own);
  return keysOf(own).length > 1 || (typeof above === "object" && above !== null && !isObjectPrototype(above));
}

/** A function by which one can tell where an object was made. */
function functionOn(value: object): Function | undefined {
  for (const key of keysOf(value)) {
    const { value: member, get } = descriptorOf(value, key) ?? {};
    const fn: unknown = get ?? member;
    if (typeof fn === "function" && !types.isProxy(fn) && !isNative(fn)) return fn;
  }
  return undefined;
}

/** Symbols that Node keeps on every emitter. */
function isNodes(symbol: symbol): boolean {
  return symbolsOf(new (process.getBuiltinModule("node:events").EventEmitter)()).some(
    ({ description }) => description === symbol.description,
  );
}

/** Those that may have got names for messages that were never sent. */
const doubtful = new WeakSet<WeakKey>();

/** Both ends have it. */
function hasTravelled(symbol: symbol): boolean {
  return currentSession().symbols.names.has(symbol) && !doubtful.has(symbol);
}
