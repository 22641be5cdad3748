/**
 * The home side of encoding: takes functions apart with the inspector and hands their variables to the walk.
 * Function specials are completed at the end (`complete`), when it is known which variables they share.
 */

import { types } from "node:util";
import type { Special } from "../codec/Encoded.ts";
import type { Encoder } from "../codec/encode/Encoder.ts";
import type { EncoderHooks, PrivatePart } from "../codec/encode/EncoderHooks.ts";
import { blockOf } from "../codec/encode/freezeRange.ts";
import type { WeakContainer } from "../codec/encode/encodeWeak.ts";
import type { Settlement } from "../codec/encode/PromiseParts.ts";
import type { Freezer } from "../codec/encode/ViewPacker.ts";
import { isNamespace, isNative, isNativeText, textOf } from "../codec/encode/objects.ts";
import type { Path } from "../codec/encode/Path.ts";
import type { FunctionLook, ScopeFrame } from "../platform/inspector.ts";
import type { Captured } from "./ArrayReads.ts";
import { completeFunctions } from "./completeFunctions.ts";
import type { FunctionRecord } from "./FunctionRecord.ts";
import { encodeNative } from "./encodeNative.ts";
import { encodeFieldFunction } from "./fieldFunction.ts";
import { isOpen } from "./homeAccess.ts";
import { lookOrRefuse, nowhere, settlementOrRefuse, staticOrRefuse } from "./lookOrRefuse.ts";
import { liveImport } from "./liveImport.ts";
import { ModuleClasses } from "./ModuleClasses.ts";
import { unwrappedProxy } from "./mockedModules.ts";
import { homeReference, isOwnExports, knownReference, noteCommonJs, noteImports, packageReference } from "./homeReference.ts";
import { isPortable } from "./isPortable.ts";
import type { Root } from "./largestParts.ts";
import { LexicalSelves } from "./LexicalSelves.ts";
import { knownConstant, type KnownConstant } from "./knownConstants.ts";
import { ModuleReferences } from "./moduleReferences.ts";
import { nodeReference } from "./nodeReference.ts";
import type { Parts } from "./Parts.ts";
import { configuredPackages, effectsOf } from "./packageUse.ts";
import type { PackageState } from "./snapshots.ts";
import { privateParts } from "./privateParts.ts";
import { resolveNames, search, type BoundName, type GivenGlobals } from "./resolveNames.ts";
import { scriptOf, type Script } from "./Script.ts";
import { siteOf, type Site } from "./Site.ts";
import { tiesOf } from "./surroundings.ts";
import { ViewPlaces } from "./ViewPlaces.ts";

export interface CaptureOptions {
  /** How the first function's names are found, without an inspector all functions'. Others are searched. */
  readonly given: GivenGlobals;
  /** URLs of files to import instead of copying what is used of them. */
  readonly modules: readonly string[];
  /** Inside a worker: how the other side calls what came from there. `undefined`: this is home. */
  readonly known: ((value: WeakKey) => Special | undefined) | undefined;
  /** Inside a worker: the function from there that has this object as its `prototype`. */
  readonly replaced?: (prototype: object) => Function | undefined;
  /** What was captured before and goes with this. */
  readonly above?: Captured;
  /** A future's function with its arguments, that is everything that can refer to the function where it runs. */
  readonly isWhole?: boolean;
  /** In a worker: the WeakMaps and WeakSets of home's. */
  readonly weak?: readonly WeakContainer[];
  /** Objects of which only a part is to travel. */
  readonly parts?: Parts;
  /** A value of its own: nothing is waited for before it is sent. */
  readonly isValue?: boolean;
}

export class Capture implements EncoderHooks {
  /** What is captured in a worker leaves at once. */
  readonly freezer: Freezer | undefined;
  readonly waits: boolean;
  readonly parts: Parts | undefined;
  readonly weak: readonly WeakContainer[];
  readonly records: FunctionRecord[] = [];
  readonly views: ViewPlaces = new ViewPlaces();
  /** Functions met that are known already; they have no records. */
  readonly constants: KnownConstant[] = [];
  /** The captured variables, in the order of discovery. */
  readonly variables: Root[] = [];
  readonly #options: CaptureOptions;
  readonly #modules: ModuleReferences;
  readonly #classes: ModuleClasses;
  readonly #selves: LexicalSelves;
  #isBegun: boolean;
  #isNoted = false;
  /** Scripts whose imports have not been looked at; it costs 20 ms the first time, and only objects need it. */
  #unread: { readonly script: Script; readonly scopes: readonly ScopeFrame[] }[] = [];

  constructor(options: CaptureOptions) {
    this.#options = options;
    this.#isBegun = options.above !== undefined;
    this.freezer = options.known === undefined ? blockOf : undefined;
    this.waits = options.isValue !== true;
    this.parts = options.parts;
    this.weak = options.weak ?? [];
    this.#modules = new ModuleReferences(options.modules);
    this.#classes = new ModuleClasses(options.known);
    this.#selves = new LexicalSelves(options.parts);
  }

  /** Of functions written in JavaScript only what is known already: their script tells the rest, once it is looked at. */
  reference(value: object): Special | undefined {
    const near = this.#modules.value(value) ?? this.#options.known?.(value);
    if (near !== undefined) return near;
    if (typeof value === "function" && !isNative(value)) return knownReference(value);
    this.#readModules();
    return homeReference(value);
  }

  /** Notes what packages export, and what the functions met import from them. */
  #readModules(): void {
    if (!this.#isNoted) noteCommonJs();
    this.#isNoted = true;
    const unread = this.#unread;
    this.#unread = [];
    for (const { script, scopes } of unread) noteImports(script, scopes);
  }

  /** Local symbols of packages are the receiver's own, too. */
  symbol(symbol: symbol): Special | undefined {
    const known = this.#options.known?.(symbol);
    if (known !== undefined) return known;
    this.#readModules();
    return this.#classes.symbol(symbol);
  }

  knowsClass(constructor: Function): boolean {
    if (this.reference(constructor) !== undefined) return true;
    if (this.#options.known !== undefined) this.#readModules();
    return this.#classes.admits(constructor);
  }

  /** What an error says on its way home matters more than its class. */
  takesClass(constructor: Function): boolean {
    const isNamed = this.#options.known === undefined || this.reference(constructor) !== undefined;
    return isNamed || isPortable(constructor, new Capture(this.#options));
  }

  prototype(prototype: object): Special | Function | undefined {
    return this.#options.replaced?.(prototype) ?? this.#classes.prototype(prototype);
  }

  checkSymbols(_: Encoder, value: object, symbols: readonly symbol[], path: Path): void {
    this.#readModules();
    this.#classes.checkSymbols(value, symbols, path);
  }

  privates(encoder: Encoder, value: object, path: Path): readonly PrivatePart[] | undefined {
    return privateParts(encoder, value, path);
  }

  carried(constructor: Function): "value" | "reference" | undefined {
    const isHere = ({ fn }: Pick<FunctionRecord, "fn">): boolean => fn === constructor;
    if (this.#options.known?.(constructor)?.[0] === "home") return "value";
    if (this.records.some(isHere) || this.#options.above?.records.some(isHere) === true) return "value";
    return isOpen(constructor) ? "reference" : undefined;
  }

  unwrapProxy(value: object, path: Path): object | undefined {
    return unwrappedProxy(value, path);
  }

  settlementOf(promise: object, path: Path): Settlement | undefined {
    return settlementOrRefuse(promise, path);
  }

  noteVariable(path: Path, value: unknown): void {
    this.variables.push({ path, value });
  }

  mark(): () => void {
    const lists = [this.records, this.constants, this.variables, this.#selves.unsettled].map((list) => [list, list.length] as const);
    return () => {
      for (const [list, length] of lists) list.length = length;
    };
  }

  encodeFunction(encoder: Encoder, fn: Function, path: Path, holder: object | undefined): number {
    // Constants know nothing of files that are to be imported.
    const constant = this.#options.modules.length === 0 ? knownConstant(fn) : undefined;
    if (constant !== undefined) return this.#putConstant(encoder, fn, constant);
    const text = textOf(fn);
    const look = lookOrRefuse(fn, path, this.#options.given.exact !== undefined);
    if (isNativeText(text)) return encodeNative(encoder, fn, look, path);
    const { scriptId, scopes, line, column } = look ?? nowhere;
    const script = scriptId === undefined ? undefined : scriptOf(scriptId);
    const reference = script && (this.#scriptReference(fn, script, scopes) ?? nodeReference(encoder, fn, script, scopes, path));
    if (reference !== undefined) return encoder.special(reference, fn);
    const placed = { fn, site: siteOf({ fn, text, script, scopes, line, column }), scopes, path };
    return encodeFieldFunction(encoder, placed) ?? this.#encodeSource(encoder, { ...placed, holder, look });
  }

  #putConstant(encoder: Encoder, fn: Function, constant: KnownConstant): number {
    this.constants.push(constant);
    for (const need of constant.needs) encoder.needs.set(need.id, need);
    return encoder.special(["constant", constant.id], fn);
  }

  /** How the receiver gets a function by itself, from the script that it stands in. */
  #scriptReference(fn: Function, script: Script, scopes: readonly ScopeFrame[]): Special | undefined {
    this.#modules.see(script, scopes);
    this.#unread.push({ script, scopes });
    const named = this.#modules.value(fn);
    if (named !== undefined || (!script.inPackage && this.#options.known === undefined)) return named;
    if (!script.inPackage) return this.#classes.reference(fn, { script, scopes });
    this.#readModules();
    return homeReference(fn) ?? packageReference(fn, script, scopes) ?? this.#classes.reference(fn, { script, scopes });
  }

  #encodeSource(encoder: Encoder, given: Given): number {
    const { fn, site, scopes, holder, look } = given;
    const index = encoder.special(["function"], fn);
    const { path } = given;
    const isTop = !this.#isBegun || look === undefined;
    this.#isBegun = true;
    const { bound, writesGlobal } = resolveNames({ fn, site, scopes, path }, isTop ? this.#options.given : search);
    const ties = tiesOf(encoder, { fn, index, site, scopes, path, holder, parts: this.parts });
    const record: FunctionRecord = { fn, index, site, scopes, bound, writesGlobal, values: [], path, ties };
    this.records.push(record);
    this.#selves.note(record);
    encoder.walk(() => {
      for (const one of bound) this.#putValue(encoder, record, one);
      for (const name of site.privates)
        encoder.put(record.values, record.values.length, staticOrRefuse(look, name, path), { up: path, name });
    });
    return index;
  }

  #putValue(encoder: Encoder, record: FunctionRecord, bound: BoundName): void {
    const { fn, site, values, path } = record;
    const at: Path = { up: path, name: bound.name, variable: true, held: bound };
    const special = bound.frame && (this.#modules.variable(record, bound.name, bound.frame) ?? liveImport(site, bound));
    const slot = values.push(undefined) - 1;
    if (special !== undefined) encoder.fixups.push(values, slot, encoder.special(special));
    else if (this.parts?.has(bound.value) === true) encoder.fixups.push(values, slot, this.parts.encode(encoder, bound, at));
    else if (this.#isPartly(bound)) encoder.fixups.push(values, slot, encoder.partOf(bound.value, bound.members, at));
    else encoder.put(values, slot, bound.value, at);
    this.views.variable(fn, bound.name, bound.value);
    this.noteVariable(at, bound.value);
  }

  /** Whether it is what a module of the user's exports, of which only some is used. */
  #isPartly(bound: BoundName): bound is BoundName & { readonly value: object; readonly members: readonly string[] } {
    const { value, members } = bound;
    if (members === undefined || typeof value !== "object" || value === null || types.isProxy(value)) return false;
    this.#readModules();
    return (
      (isNamespace(value) || isOwnExports(value) || Object.getOwnPropertyDescriptor(value, "__esModule")?.value === true) &&
      this.reference(value) === undefined
    );
  }

  settle(encoder: Encoder): void {
    this.#selves.settle(encoder);
  }

  /** Whether any captured function writes a variable that it takes from outside. */
  get writes(): boolean {
    return this.records.some(({ bound }) => bound.some(({ assigned }) => assigned));
  }

  /** Whether functions here and there may use one variable that some of them write. */
  mayShare(other: Capture): boolean {
    if (!this.writes && !other.writes) return false;
    const names = new Set(this.records.flatMap(({ bound }) => bound.map(({ name }) => name)));
    return other.records.some(({ bound }) => bound.some(({ name }) => names.has(name)));
  }

  /** Completes the function specials; call after the walk. */
  complete(encoder: Encoder): void {
    encoder.drain();
    const { isWhole = false, known } = this.#options;
    completeFunctions(encoder, this, { isWhole, mayReturn: known === undefined });
    encoder.drain();
    // What comes home finds the packages there as home has made them.
    if (this.#options.known === undefined) for (const effect of effectsOf(this.records)) encoder.special(effect);
    this.views.mark(encoder.views, () => this.#everything());
    this.#classes.settle(encoder, (symbol) => this.#everything().records.some(({ bound }) => bound.some(({ value }) => value === symbol)));
  }

  /** Packages that work here as they are configured here, which no worker knows. */
  get configured(): readonly PackageState[] {
    const own = configuredPackages(this.records);
    return this.constants.length === 0 ? own : [...own, ...this.constants.flatMap(({ configured }) => configured)];
  }

  #everything(): Captured {
    const { above } = this.#options;
    if (above === undefined) return this;
    return { records: [...above.records, ...this.records], constants: [...above.constants, ...this.constants] };
  }
}

interface Given {
  readonly fn: Function;
  readonly site: Site;
  readonly scopes: readonly ScopeFrame[];
  readonly path: Path;
  readonly holder: object | undefined;
  readonly look: FunctionLook | undefined;
}
