/**
 * What only V8's inspector knows about functions: their scopes, where they stand, what a bound function binds. What was looked at stays
 * alive until the end of the running job.
 */

import { connection, post, slotPath, type RemoteValue } from "./inspectorSession.ts";

/** One lexical environment of a function, innermost first. `object` is a fresh null-prototype copy with the real values. */
export interface ScopeFrame {
  readonly description: string;
  readonly object: Readonly<Record<string, unknown>>;
}

export interface FunctionLook {
  /** `undefined` for native functions. */
  readonly scriptId: string | undefined;
  /** Zero-based, in the script's own coordinates (`ScriptDetails.startLine` already counted in by V8). */
  readonly line: number;
  readonly column: number;
  readonly scopes: readonly ScopeFrame[];
  readonly bound: { readonly target: unknown; readonly self: unknown; readonly args: readonly unknown[] } | undefined;
  /** Of a class: the values of its private static fields, by name with `#`. */
  readonly privates: ReadonlyMap<string, unknown>;
}

interface NamedValue {
  readonly name: string;
  readonly value?: RemoteValue;
}
interface Properties {
  readonly internalProperties?: readonly NamedValue[];
  readonly privateProperties?: readonly NamedValue[];
}

const group = "futureplan";
/** Looks after which their handles are released before the running job ends. */
const looksKept = 100;

let looks = 0;

/** Everything V8 tells about `fn`. Throws `InspectorAbsent` where there is no inspector. About 70 µs. */
export function lookAt(fn: object): FunctionLook {
  if (looks >= looksKept) release();
  const found = post<Properties>("Runtime.getProperties", { objectId: handleOf(fn), ownProperties: true });
  return describe(found);
}

/** A private name of an object, with `#`. */
export interface PrivateMember {
  readonly name: string;
  /** A method or accessor: its class gives it to all instances. */
  readonly isMethod: boolean;
  readonly value: unknown;
}

interface PrivateProperty {
  readonly name: string;
  readonly value?: RemoteValue & { readonly type?: string; readonly description?: string };
}

/** The private state of an object, class by class from the first parent on; of methods some may be missing. About 50 µs. */
export function privateMembersOf(value: object): readonly PrivateMember[] {
  if (looks >= looksKept) release();
  const { privateProperties = [] } = post<{ privateProperties?: readonly PrivateProperty[] }>("Runtime.getProperties", {
    objectId: handleOf(value),
    ownProperties: true,
    nonIndexedPropertiesOnly: true,
  });
  const isMethod = privateProperties.map(isPrivateMethod);
  const values = fetchValues(privateProperties.map((property, at) => (isMethod[at] === true ? {} : (property.value ?? {}))));
  return privateProperties.map(({ name }, at) => ({ name, isMethod: isMethod[at] === true, value: values[at] }));
}

/** The text of a private method begins with its name; no other function's does. */
function isPrivateMethod({ name, value }: PrivateProperty): boolean {
  if (value?.type !== "function") return value === undefined;
  return (value.description ?? "")
    .replace(/^async\b/, "")
    .replace(/^[\s*]+/, "")
    .startsWith(name);
}

/** The real values behind several, at one go. */
function fetchValues(remotes: readonly RemoteValue[]): readonly unknown[] {
  if (remotes.every(({ objectId }) => objectId === undefined)) return remotes.map(fetchPrimitive);
  const { slot, slotId } = connection();
  post("Runtime.callFunctionOn", {
    objectId: slotId,
    functionDeclaration: "function (...values) { this.taken = values; }",
    arguments: remotes.map(({ objectId, value, unserializableValue }) =>
      objectId !== undefined ? { objectId } : unserializableValue !== undefined ? { unserializableValue } : { value },
    ),
  });
  const { taken } = slot;
  slot.taken = undefined;
  return taken as readonly unknown[]; // made by the function just called
}

/** Lets go of everything that was looked at. */
function release(): void {
  looks = 0;
  post("Runtime.releaseObjectGroup", { objectGroup: group });
}

/** The inspector's handle of an object, for now. */
export function handleOf(given: unknown): string {
  const { slot, slotId } = connection();
  if (looks === 0) queueMicrotask(release);
  looks += 1;
  slot.given = given;
  try {
    const { result } = post<{ result: RemoteValue }>("Runtime.callFunctionOn", {
      objectId: slotId,
      functionDeclaration: "function () { return this.given; }",
      objectGroup: group,
    });
    return result.objectId ?? "";
  } finally {
    slot.given = undefined;
  }
}

/** Evaluates an expression about `given` in a call that may be ended by `Runtime.terminateExecution`. */
export function evaluateEndably(given: unknown, expression: (given: string) => string): void {
  const { slot } = connection();
  slot.given = given;
  try {
    // With a timeout V8 forgets a termination when the evaluation is over; without one it would end our caller too.
    post("Runtime.evaluate", { expression: expression(`${slotPath}.given`), timeout: 1000, silent: true, objectGroup: group });
  } catch {
    // Its end is how the evaluation is meant to end.
  } finally {
    slot.given = undefined;
  }
}

/**
 * The scopes of several functions: about half the time of looking at each, and hardly a script. (While the debugger is on, V8 makes one
 * of every text that it runs, and they all are told of when it comes on again.)
 */
export function scopesOf(fns: readonly Function[]): readonly (readonly ScopeFrame[])[] {
  const found: (readonly ScopeFrame[])[] = [];
  for (let at = 0; at < fns.length; at += looksKept) {
    release();
    found.push(...scopesOfFew(fns.slice(at, at + looksKept)));
  }
  return found;
}

function scopesOfFew(fns: readonly Function[]): readonly (readonly ScopeFrame[])[] {
  const { slot, slotId } = connection();
  const { result } = post<{ result: readonly NamedValue[] }>("Runtime.getProperties", { objectId: handleOf(fns), ownProperties: true });
  const handles = result.filter(({ name }) => name !== "length").map(({ value }) => value?.objectId);
  const scopes = handles.map((objectId) => {
    const { internalProperties = [] } = post<Properties>("Runtime.getProperties", { objectId, ownProperties: true });
    return { objectId: valueOf(internalProperties, "[[Scopes]]")?.objectId };
  });
  post("Runtime.callFunctionOn", {
    objectId: slotId,
    functionDeclaration: "function (...all) { this.taken = all; }",
    arguments: scopes,
  });
  const taken = slot.taken as readonly ArrayLike<ScopeFrame>[]; // arrays without prototype
  slot.taken = undefined;
  return taken.map(listOf);
}

function describe({ internalProperties = [], privateProperties }: Properties): FunctionLook {
  const location = valueOf(internalProperties, "[[FunctionLocation]]")?.value as V8Location | undefined; // V8's shape
  const scopes = valueOf(internalProperties, "[[Scopes]]");
  return {
    scriptId: location?.scriptId,
    line: location?.lineNumber ?? 0,
    column: location?.columnNumber ?? 0,
    scopes: scopes === undefined ? noScopes : listOf(fetchObject(scopes) as ArrayLike<ScopeFrame>), // an array without prototype
    bound: boundOf(internalProperties),
    privates: privateProperties === undefined ? noPrivates : privatesOf(privateProperties),
  };
}

interface V8Location {
  readonly scriptId: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

const noScopes: readonly ScopeFrame[] = [];
const noPrivates: ReadonlyMap<string, unknown> = new Map();

/** They are three or four: looking through them is quicker than making a map. */
function valueOf(properties: readonly NamedValue[], name: string): RemoteValue | undefined {
  for (const property of properties) if (property.name === name) return property.value;
  return undefined;
}

/** `Array.from` takes longer for what cannot be iterated. */
function listOf<T>(list: ArrayLike<T>): readonly T[] {
  const items: T[] = [];
  for (let at = 0; at < list.length; at += 1) items.push(list[at] as T); // there are no holes
  return items;
}

function privatesOf(properties: readonly NamedValue[]): ReadonlyMap<string, unknown> {
  return new Map(properties.flatMap(({ name, value }) => (value === undefined ? [] : [[name, fetchValue(value)] as const])));
}

/** What a bound function binds, or what stands behind a proxy. */
function boundOf(properties: readonly NamedValue[]): FunctionLook["bound"] {
  const target = valueOf(properties, "[[TargetFunction]]") ?? valueOf(properties, "[[Target]]");
  if (target === undefined) return undefined;
  const args = (fetchValue(valueOf(properties, "[[BoundArgs]]")) ?? []) as ArrayLike<unknown>; // V8 gives an array
  return { target: fetchValue(target), self: fetchValue(valueOf(properties, "[[BoundThis]]")), args: Array.from(args) };
}

/** The real object behind a remote id. */
function fetchObject(remote: RemoteValue): unknown {
  const { slot, slotId } = connection();
  post("Runtime.callFunctionOn", {
    objectId: remote.objectId,
    functionDeclaration: 'function (slot) { "use strict"; slot.taken = this; }',
    arguments: [{ objectId: slotId }],
  });
  const { taken } = slot;
  slot.taken = undefined;
  return taken;
}

function fetchValue(remote: RemoteValue | undefined): unknown {
  if (remote === undefined) return undefined;
  return remote.objectId === undefined ? fetchPrimitive(remote) : fetchObject(remote);
}

function fetchPrimitive({ value, unserializableValue }: RemoteValue): unknown {
  if (unserializableValue === undefined) return value;
  return unserializableValue.endsWith("n") ? BigInt(unserializableValue.slice(0, -1)) : Number(unserializableValue);
}

/** The target of a proxy, or `undefined` when `value` is none. Runs no trap. */
export function proxyTarget(value: object): unknown {
  return lookAt(value).bound?.target;
}

/** What a promise has come to; `undefined`: it is pending. Runs no code of the user's. */
export function settlementOf(promise: object): { readonly isRejected: boolean; readonly value: unknown } | undefined {
  if (looks >= looksKept) release();
  const { internalProperties = [] } = post<Properties>("Runtime.getProperties", { objectId: handleOf(promise), ownProperties: true });
  const state = valueOf(internalProperties, "[[PromiseState]]")?.value;
  if (state !== "fulfilled" && state !== "rejected") return undefined;
  return { isRejected: state === "rejected", value: fetchValue(valueOf(internalProperties, "[[PromiseResult]]")) };
}
