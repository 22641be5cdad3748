/** Everything that a module's exports lead to without running code: what hangs below them, and the variables that their functions see. */

import { types } from "node:util";
import { isObjectPrototype, prototypeOwner } from "../codec/encode/objects.ts";
import { intrinsicPath } from "../codec/intrinsics.ts";
import { isObject } from "../codec/reflection.ts";
import { lookAt, type ScopeFrame } from "../platform/inspector.ts";

/** How to get from a module's exports to a value. */
export interface Place {
  readonly keys: readonly string[];
  /** The last key names an accessor: it is its getter that is meant. */
  readonly getter: boolean;
  /** The function at the end of the keys. */
  readonly via: Function | undefined;
  /** The scope of that function, the innermost is 0; -1: what stands at the end of the keys itself. */
  readonly level: number;
  readonly variable: string;
  /** What of the variable's value: `prototype`, `__proto__`, `__proto__.constructor`; empty: the whole. */
  readonly part: string;
}

interface Placed {
  readonly value: WeakKey;
  readonly place: Place;
}

interface Reached {
  readonly value: unknown;
  readonly keys: readonly string[];
  readonly getter: boolean;
}

/** How far below the exports functions are looked for, and how many of them. */
const depth = 3;
const mostFunctions = 300;
const mostValues = 10_000;

export function* scopePlaces(exports: unknown): Iterable<Placed> {
  let functions = 0;
  for (const { value, keys, getter } of reachable(exports)) {
    if (!isReferent(value)) continue;
    const via = typeof value === "function" ? value : undefined;
    const place: Place = { keys, getter, via, level: -1, variable: "", part: "" };
    if (!getter) yield* withPrototype(value, place);
    if (via === undefined || intrinsicPath(via) !== undefined) continue;
    functions += 1;
    if (functions > mostFunctions) return;
    const { scopes } = lookAt(via);
    for (const [level, frame] of scopes.entries()) yield* variablesOf(frame, { ...place, level });
  }
}

function* variablesOf(frame: ScopeFrame, place: Place): Iterable<Placed> {
  if (/^(Global|Script|With)/.test(frame.description)) return;
  for (const variable of Object.keys(frame.object)) {
    const value = readSafely(frame.object, variable);
    if (isReferent(value)) yield* withPrototype(value, { ...place, variable });
  }
}

/** A value with what it makes an instance of: the `prototype` of a function that does not name it, and the class of an object. */
function* withPrototype(value: WeakKey, place: Place): Iterable<Placed> {
  if (typeof value !== "symbol" && types.isProxy(value)) return;
  yield { value, place };
  const own: unknown = typeof value === "function" ? Object.getOwnPropertyDescriptor(value, "prototype")?.value : undefined;
  if (isObject(own) && !types.isProxy(own) && prototypeOwner(own) !== value) yield { value: own, place: { ...place, part: "prototype" } };
  const above: object | undefined = typeof value === "object" ? classPrototype(value) : undefined;
  if (above === undefined) return;
  yield { value: above, place: { ...place, part: "__proto__" } };
  const owner = prototypeOwner(above);
  if (owner !== undefined) yield { value: owner, place: { ...place, part: "__proto__.constructor" } };
}

/** The prototype of an instance, unless that is of the language's or Node's own. */
function classPrototype(value: object): object | undefined {
  const above = Object.getPrototypeOf(value) as object | null;
  if (above === null || types.isProxy(above) || isObjectPrototype(above) || intrinsicPath(above) !== undefined) return undefined;
  return above;
}

/** Nearest first. */
function* reachable(exports: unknown): Iterable<Reached> {
  const queue: Reached[] = [{ value: exports, keys: [], getter: false }];
  const seen = new Set<unknown>();
  for (const reached of queue) {
    const { value, keys, getter } = reached;
    if (seen.has(value) || seen.size > mostValues || (typeof value === "object" && types.isProxy(value))) continue;
    seen.add(value);
    yield reached;
    if (!getter && keys.length < depth && isObject(value) && !types.isProxy(value)) queue.push(...membersOf(value, keys));
  }
}

/** Arrays and what belongs to the language or to Node lead nowhere. */
function membersOf(value: object, keys: readonly string[]): Reached[] {
  if (Array.isArray(value) || ArrayBuffer.isView(value) || intrinsicPath(value) !== undefined) return [];
  const names = Object.getOwnPropertyNames(value).filter((key) => key !== "constructor" && key !== "__proto__");
  const members = names.flatMap((key): Reached[] => {
    const { get, value: member } = descriptorOf(value, key) ?? {};
    if (get === undefined && !isReferent(member)) return [];
    return [{ value: get ?? member, keys: [...keys, key], getter: get !== undefined }];
  });
  const above = typeof value === "object" ? classPrototype(value) : undefined;
  if (above === undefined) return members;
  const owner = prototypeOwner(above);
  members.push({ value: above, keys: [...keys, "__proto__"], getter: false });
  if (owner !== undefined) members.push({ value: owner, keys: [...keys, "__proto__", "constructor"], getter: false });
  return members;
}

/** Exports and variables that are not initialised may throw. */
function readSafely(object: Readonly<Record<string, unknown>>, key: string): unknown {
  try {
    return object[key];
  } catch {
    return undefined;
  }
}

function descriptorOf(value: object, key: string): PropertyDescriptor | undefined {
  try {
    return Object.getOwnPropertyDescriptor(value, key);
  } catch {
    return undefined; // an export that is not initialised
  }
}

/** What may be a key of a weak map. */
function isReferent(value: unknown): value is WeakKey {
  return isObject(value) || (typeof value === "symbol" && Symbol.keyFor(value) === undefined);
}
