/**
 * The capture of a future: its function with everything it uses, and its arguments, frozen now.
 * Everything here is synchronous and runs no code of the user's.
 */

import type { Definition, Encoded, Payload } from "../codec/Encoded.ts";
import { adoptRealm } from "../codec/decode/adoptRealm.ts";
import { checkLists, damagedValue } from "../codec/decode/damage.ts";
import { Encoder } from "../codec/encode/Encoder.ts";
import { outgoing, type ResultKind } from "../codec/encode/outgoing.ts";
import { nameOf } from "../codec/encode/objects.ts";
import { resultEncoder, type ResultHooks } from "../codec/encode/resultEncoder.ts";
import type { Path } from "../codec/encode/Path.ts";
import { byHomeId } from "../codec/homes.ts";
import { Linker, type Result } from "../codec/Linker.ts";
import { GlobalsTooLarge } from "../errors/errors.ts";
import { systemClock } from "../platform/clock.ts";
import { currentSession } from "../session/currentSession.ts";
import { Capture } from "./Capture.ts";
import { openScope } from "./openScope.ts";
import { ConstantCall } from "./ConstantCall.ts";
import { considerConstant, noteUses } from "./constants.ts";
import { largestParts } from "./largestParts.ts";
import { knownConstant, type KnownConstant } from "./knownConstants.ts";
import { inParts } from "./Parts.ts";
import { absentModule, isAbsence, withPlainErrors } from "./foreignClasses.ts";
import { homeAccess } from "./homeAccess.ts";
import { search, type GivenGlobals } from "./resolveNames.ts";
import type { Snapshot } from "./snapshots.ts";
import { warnSlowCapture } from "./warnSlowCapture.ts";

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
  const started = systemClock.precise();
  return inParts((parts) => {
    const capture = new Capture({ given: parseGlobals(globals), modules, known: undefined, isWhole: true, parts });
    const encoder = new Encoder(capture);
    const root: unknown[] = [];
    const payload = encodeWith(capture, encoder, { root }, () => {
      encoder.put(root, 0, fn, { up: undefined, name: nameOf(fn) });
      args.forEach((arg, index) => {
        encoder.put(root, index + 1, arg, argumentPath(index));
        capture.views.argument(fn, index, arg);
      });
    });
    checkSize(encoder.bytes, capture, args, request);
    warnSlowCapture(capture, started, request.label);
    if (modules.length === 0) noteUses(capture.records);
    return { _tag: "captured", payload, futures: encoder.thenables, configured: capture.configured };
  });
}

function argumentPath(index: number): Path {
  return { up: undefined, name: `argument ${index + 1}` };
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

export function checkSize(bytes: number, capture: Capture, args: readonly unknown[], { maxGlobalsSize, label }: GlobalsRequest): void {
  if (bytes <= maxGlobalsSize) return;
  const roots = [...capture.variables, ...args.map((value, at) => ({ path: argumentPath(at), value }))];
  const largest = largestParts(roots, (value) => capture.reference(value) !== undefined);
  const list = largest.map(({ name, bytes: size }) => `${name} (${megabytes(Math.min(size, bytes))})`).join(", ");
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
  const capture = new Capture({ given: search, modules: [], known: undefined, isValue: true });
  const encoder = new Encoder(capture);
  const holder = { root: undefined };
  return encodeWith(capture, encoder, holder, () => void encoder.put(holder, "root", value, { up: undefined, name: what }));
}

const home = new Linker({
  home: byHomeId,
  results: () => resultEncoder,
  importLibrary: () => Promise.reject(new Error("futureplan is not loaded at home")),
});

/**
 * Rebuilds the body of an outcome; home's own functions, classes and symbols come back as themselves. Throws, or rejects with,
 * `ProtocolMismatch` for what is damaged, `NotPortable` for what needs a module that is not here, and what code of the user's throws meanwhile.
 */
export function decodeAtHome(body: Encoded, definitions: readonly Definition[]): unknown {
  const imports = prepare(body, definitions);
  if (imports === undefined) return decodeNow(body);
  return imports.then(
    () => decodeNow(body),
    (error) => decodeWithout(body, error),
  );
}

function decodeNow(body: Encoded): unknown {
  try {
    return home.decode(body);
  } catch (error) {
    if (isAbsence(error)) return decodeWithout(body, error);
    throw error;
  }
}

/** An error whose class is not here tells all the same what happened. */
function decodeWithout(body: Encoded, error: unknown): unknown {
  const plain = withPlainErrors(body);
  if (plain === undefined) throw absentModule(error);
  return decodeAtHome(plain, []);
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
currentSession().openScope = openScope;
currentSession().capture = (value, kind, hooks): Result => {
  const { known, replaced, weak } = hooks as ResultHooks; // as `codec/Linker` has them
  const capture = new Capture({ given: search, modules: [], known, replaced, isValue: true, weak: weak() });
  const { encoder, holder, fill } = outgoing(capture, value, kind as ResultKind); // as above
  const { body, needs } = encodeWith(capture, encoder, holder, fill);
  return { body, definitions: needs, transfer: [] };
};
