/**
 * The capture of a future: its function with everything it uses, and its arguments, frozen now.
 * Everything here is synchronous and runs no code of the user's.
 */

import type { Definition, Encoded, Payload, Special } from "../codec/Encoded.ts";
import { adoptRealm } from "../codec/decode/adoptRealm.ts";
import { checkLists, damagedValue } from "../codec/decode/damage.ts";
import { Encoder } from "../codec/encode/Encoder.ts";
import { nameOf } from "../codec/encode/objects.ts";
import { resultEncoder } from "../codec/encode/resultEncoder.ts";
import { renderPath } from "../codec/encode/Path.ts";
import { homeFunction } from "../codec/homes.ts";
import { Linker, type Result } from "../codec/Linker.ts";
import { GlobalsTooLarge } from "../errors/errors.ts";
import { currentSession } from "../session/currentSession.ts";
import { Capture, search } from "./Capture.ts";
import { ConstantCall } from "./ConstantCall.ts";
import { considerConstant, noteUses } from "./constants.ts";
import { knownConstant, type KnownConstant } from "./knownConstants.ts";
import { homeAccess } from "./homeAccess.ts";
import type { GivenGlobals } from "./resolveNames.ts";
import type { Snapshot } from "./snapshots.ts";

/** The parsed options that concern capture. */
export interface GlobalsRequest {
  /** `true`: search · `false`: none · an object: exactly these, or `{ add, ignore }` to correct the search. */
  readonly globals: boolean | Readonly<Record<string, unknown>>;
  /** Bytes. */
  readonly maxGlobalsSize: number;
  readonly label: string | undefined;
  /** URLs of files to import instead of copying what is used of them. */
  readonly modules?: readonly string[];
}

const seen = new WeakSet<Function>();

/** Freezes `fn` and `args`. Throws `NotPortable`, `GlobalsTooLarge` or `GlobalsNotFound`. */
export function snapshot(fn: Function, args: readonly unknown[], request: GlobalsRequest): Snapshot {
  const { globals, modules = [] } = request;
  const constant = globals === true && modules.length === 0 ? stable(fn) : undefined;
  if (constant !== undefined && args.every(isPrimitive)) return new ConstantCall(constant, args);
  const capture = new Capture({ given: parseGlobals(globals), modules, known: undefined, isWhole: true });
  const encoder = new Encoder(capture);
  const root: unknown[] = [];
  const payload = encodeWith(capture, encoder, { root }, () => {
    encoder.put(root, 0, fn, { up: undefined, name: nameOf(fn) });
    args.forEach((arg, index) => {
      encoder.put(root, index + 1, arg, { up: undefined, name: `argument ${index + 1}` });
      capture.views.argument(fn, index, arg);
    });
  });
  checkSize(encoder.bytes, capture, request);
  if (modules.length === 0) noteUses(capture.records);
  return { _tag: "captured", payload, futures: encoder.thenables };
}

/** Encodes what `fill` puts into `holder`. */
export function encodeWith(capture: Capture, encoder: Encoder, holder: { root: unknown }, fill: () => void): Payload {
  fill();
  capture.complete(encoder);
  const body = encoder.finish(holder);
  return { body, needs: [...encoder.needs.values()], blocks: encoder.views.blocks, bytes: encoder.bytes, local: encoder.local };
}

/** A function seen before whose captures cannot change. */
function stable(fn: Function): KnownConstant | undefined {
  const known = knownConstant(fn);
  if (known !== undefined) return known;
  if (seen.has(fn)) return considerConstant(fn);
  seen.add(fn);
  return undefined;
}

function isPrimitive(value: unknown): boolean {
  return value === null || (typeof value !== "object" && typeof value !== "function" && typeof value !== "symbol");
}

export function parseGlobals(globals: GlobalsRequest["globals"]): GivenGlobals {
  const empty = new Set<string>();
  if (globals === true) return search;
  if (globals === false) return { exact: {}, add: {}, ignore: empty };
  const { add, ignore, ...rest } = globals;
  const corrects =
    Object.keys(rest).length === 0 &&
    (ignore === undefined || Array.isArray(ignore)) &&
    (add === undefined || (typeof add === "object" && add !== null));
  if (!corrects || Object.keys(globals).length === 0) return { exact: globals, add: {}, ignore: empty };
  return {
    exact: undefined,
    add: (add ?? {}) as Readonly<Record<string, unknown>>,
    ignore: new Set(ignore as readonly string[] | undefined),
  }; // checked just now
}

export function checkSize(bytes: number, capture: Capture, { maxGlobalsSize, label }: GlobalsRequest): void {
  if (bytes <= maxGlobalsSize) return;
  const largest = capture.sizes.toSorted((a, b) => b.bytes - a.bytes).slice(0, 3);
  const list = largest.map(({ path, bytes: size }) => `${renderPath(path)} (${megabytes(size)})`).join(", ");
  throw new GlobalsTooLarge(
    `The values captured by ${label === undefined ? "a future" : `future "${label}"`} take ${megabytes(bytes)}, over the limit of ${megabytes(maxGlobalsSize)} (maxGlobalsSize)` +
      `${list === "" ? "" : `; the largest: ${list}`}. Capture less, share arrays with share(), or raise maxGlobalsSize.`,
    { label },
  );
}

function megabytes(bytes: number): string {
  return bytes < 100_000 ? `${bytes} bytes` : `${(bytes / 1_048_576).toFixed(1)} MiB`;
}

/** Freezes any value: setup functions, strata, values of dependencies. `what` names it in errors. */
export function snapshotValue(value: unknown, what: string): Payload {
  return encodeOne(new Capture({ given: search, modules: [], known: undefined, isValue: true }), value, what);
}

function encodeOne(capture: Capture, value: unknown, what: string): Payload {
  const encoder = new Encoder(capture);
  const holder = { root: undefined };
  return encodeWith(capture, encoder, holder, () => void encoder.put(holder, "root", value, { up: undefined, name: what }));
}

const home = new Linker({
  home: homeFunction,
  results: () => resultEncoder,
  importLibrary: () => Promise.reject(new Error("futureplan is not loaded at home")),
});

/**
 * Rebuilds the body of an outcome; home's own functions, classes and symbols come back as themselves. Throws, or rejects with,
 * `ProtocolMismatch` for what is damaged, and what code of the user's throws meanwhile.
 */
export function decodeAtHome(body: Encoded, definitions: readonly Definition[]): unknown {
  const imports = prepare(body, definitions);
  return imports === undefined ? home.decode(body) : imports.then(() => home.decode(body));
}

/** Runs nothing of the user's, yet. */
function prepare(body: Encoded, definitions: readonly Definition[]): Promise<void> | undefined {
  try {
    adoptRealm(body);
    checkLists(body);
    for (const definition of definitions) if (definition.type === "constant") checkLists(definition.encoded);
    home.define(definitions);
    return home.imports(body);
  } catch (error) {
    throw damagedValue(error);
  }
}

currentSession().access = homeAccess;

// Inside a worker: results that hold functions made there.
currentSession().capture = (value: unknown, reference: (value: object) => unknown): Result => {
  const known = (given: object): Special | undefined => reference(given) as Special | undefined; // the linker's own
  const { body, needs } = encodeOne(new Capture({ given: search, modules: [], known, isValue: true }), value, "value");
  return { body, definitions: needs, transfer: [] };
};
