/**
 * The home side of encoding: takes functions apart with the inspector and hands their variables to the walk.
 * Function specials are completed at the end (`complete`), when it is known which variables they share.
 */

import { types } from "node:util";
import type { Special } from "../codec/Encoded.ts";
import type { Encoder, EncoderHooks } from "../codec/encode/Encoder.ts";
import type { Path } from "../codec/encode/Path.ts";
import { renderPath } from "../codec/encode/Path.ts";
import { NotPortable } from "../errors/errors.ts";
import { InspectorAbsent, lookAt, proxyTarget, type FunctionLook } from "../platform/inspector.ts";
import { knownConstant } from "./constants.ts";
import { completeFunctions } from "./completeFunctions.ts";
import type { FunctionRecord } from "./FunctionRecord.ts";
import { homeReference, noteCommonJs, noteImports } from "./homeReference.ts";
import { resolveNames, type GivenGlobals } from "./resolveNames.ts";
import { scriptOf } from "./Script.ts";
import { siteOf } from "./Site.ts";
import { analyseFunction } from "./analysis/analyseFunction.ts";
import { surroundings } from "./surroundings.ts";

const nativeCode = /\{\s*\[native code\]\s*\}\s*$/;

export class Capture implements EncoderHooks {
  readonly freeze = true;
  /** How the top-level function's names are found; functions below are always searched. */
  readonly given: GivenGlobals;
  /** What the other side already has, besides what is known at home; used inside workers. */
  private readonly known: (value: object) => Special | undefined;
  readonly records: FunctionRecord[] = [];
  /** Approximate bytes by captured variable, in the order of discovery. */
  readonly sizes: { readonly path: Path; readonly bytes: number }[] = [];

  constructor(given: GivenGlobals, known: (value: object) => Special | undefined) {
    this.given = given;
    this.known = known;
    noteCommonJs();
  }

  reference(value: object): Special | undefined {
    return this.known(value) ?? homeReference(value);
  }

  knowsClass(): boolean {
    return true;
  }

  hasPrivate(constructor: Function): boolean {
    const text = Function.prototype.toString.call(constructor);
    return text.includes("#") && !nativeCode.test(text) && analyseFunction(text, true).classFacts?.hasPrivate === true;
  }

  /** Module namespaces stand behind proxies in vitest; other proxies stay what they are. */
  unwrapProxy(value: object): object | undefined {
    const target = proxyTarget(value);
    return typeof target === "object" && target !== null && types.isModuleNamespaceObject(target) ? target : undefined;
  }

  encodeFunction(encoder: Encoder, fn: Function, path: Path, holder: object | undefined): number {
    if (types.isProxy(fn)) encoder.refuse(path, "a Proxy cannot leave this process", "Capture its target, or make the proxy inside the future.");
    const constant = knownConstant(fn);
    if (constant !== undefined) {
      for (const need of constant.needs) encoder.needs.set(need.id, need);
      return encoder.special(["constant", constant.id], fn);
    }
    const text = Function.prototype.toString.call(fn);
    const look = this.look(fn, path);
    if (nativeCode.test(text)) return this.encodeNative(encoder, fn, look, path);
    return this.encodeSource(encoder, fn, text, look, path, holder);
  }

  /** `undefined` where there is no inspector: then only given globals can be had. */
  private look(fn: Function, path: Path): FunctionLook | undefined {
    try {
      return lookAt(fn);
    } catch (error) {
      if (!(error instanceof InspectorAbsent)) throw error;
      if (this.given.exact !== undefined) return undefined;
      throw new NotPortable(
        `${renderPath(path)}: the variables of a function can be read only with node:inspector, which is not available here (node --permission, Bun, Deno, or a build without it). ` +
          "List what it uses: future(fn, { globals: { name, … } }), or { globals: false } when it uses nothing.",
        { cause: error },
      );
    }
  }

  private encodeNative(encoder: Encoder, fn: Function, look: FunctionLook | undefined, path: Path): number {
    const bound = look?.bound;
    if (bound === undefined || typeof bound.target !== "function") {
      encoder.refuse(path, `the native function ${fn.name || "without a name"} cannot leave this process`, "Call it inside the future, through the module that exports it.");
    }
    const index = encoder.special(["bound"], fn);
    const target = encoder.ref(bound.target, { up: path, name: "[[BoundTarget]]" });
    const self = encoder.ref(bound.self, { up: path, name: "[[BoundThis]]" });
    const args = bound.args.map((arg, at) => encoder.ref(arg, { up: path, name: at }));
    encoder.replace(index, ["bound", target, self, args]);
    return index;
  }

  private encodeSource(encoder: Encoder, fn: Function, text: string, look: FunctionLook | undefined, path: Path, holder: object | undefined): number {
    const script = look?.scriptId === undefined ? undefined : scriptOf(look.scriptId);
    if (script?.url.startsWith("node:") === true) {
      encoder.refuse(path, `${fn.name || "a function"} is internal to Node`, "Make it inside the future, or once per worker with workerLocal(() => …).");
    }
    const scopes = look?.scopes ?? [];
    if (script !== undefined) {
      noteImports(script, scopes);
      const reference = homeReference(fn, script);
      if (reference !== undefined) return encoder.special(reference, fn);
    }
    const site = siteOf(fn, text, script, look?.line ?? 0, look?.column ?? 0);
    const index = encoder.special(["function"], fn);
    const values: unknown[] = [];
    const top = this.records.length === 0;
    const names = resolveNames(site, scopes, top || look === undefined ? this.given : { exact: undefined, add: {}, ignore: new Set() });
    const record: FunctionRecord = { fn, index, site, scopes, names, values, path, ...surroundings(encoder, fn, site, scopes, path, holder) };
    this.records.push(record);
    this.putValues(encoder, record);
    return index;
  }

  private putValues(encoder: Encoder, record: FunctionRecord): void {
    for (const { name, value } of record.names.bound) {
      const path: Path = { up: record.path, name };
      const before = encoder.bytes;
      record.values.push(undefined);
      encoder.put(record.values, record.values.length - 1, value, path);
      this.sizes.push({ path, bytes: encoder.bytes - before });
    }
  }

  /** Completes the function specials; call after the walk. */
  complete(encoder: Encoder): void {
    for (let from = 0; from < this.records.length; ) {
      // Cells and extras may lead to further functions.
      const batch = this.records.slice(from);
      from = this.records.length;
      completeFunctions(encoder, batch, this.records);
      encoder.drain();
    }
  }
}
