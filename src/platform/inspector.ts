/**
 * What only V8's inspector knows about functions: their scopes, where they stand, what a bound function binds.
 * A same-thread session answers synchronously. `Runtime` and `Debugger` are enabled only for moments:
 * left on, the one keeps what consoles print, the other makes awaits eight times slower. What was looked at stays alive until the end of the running job.
 */

import { createRequire } from "node:module";
import type { Session } from "node:inspector";

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

interface RemoteValue {
  readonly objectId?: string;
  readonly value?: unknown;
  /** -0, NaN, Infinity, 1n. */
  readonly unserializableValue?: string;
}
interface NamedValue {
  readonly name: string;
  readonly value?: RemoteValue;
}
interface Properties {
  readonly internalProperties?: readonly NamedValue[];
  readonly privateProperties?: readonly NamedValue[];
}

/** Where values change hands between our code and what the inspector runs. */
interface Slot {
  given: unknown;
  taken: unknown;
}

interface Connection {
  readonly session: Session;
  readonly slot: Slot;
  /** The slot as the inspector knows it. */
  readonly slotId: string;
}

/** The inspector cannot be used in this process (`--permission`, Bun, builds without it). */
export class InspectorAbsent extends Error {}

const slotKey = Symbol.for("futureplan/slot");
// The module object of a built-in is the one thing that main context and `vm` contexts (jest, vitest) share.
const slotPath = 'process.getBuiltinModule("node:inspector").Session[Symbol.for("futureplan/slot")]';
const group = "futureplan";
/** Looks after which their handles are released before the running job ends. */
const looksKept = 100;

let open: Connection | undefined;
let absent: InspectorAbsent | undefined;
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

function connection(): Connection {
  if (open !== undefined) return open;
  if (absent !== undefined) throw absent;
  try {
    open = connect();
    return open;
  } catch (cause) {
    absent = new InspectorAbsent("node:inspector is not available in this process", { cause });
    throw absent;
  }
}

function connect(): Connection {
  const inspector = createRequire(import.meta.url)("node:inspector") as typeof import("node:inspector"); // lazily: 3 ms
  const session = new inspector.Session();
  session.connect();
  const holder = inspector.Session as unknown as { [slotKey]?: Slot }; // our own symbol
  if (holder[slotKey] === undefined) Object.defineProperty(inspector.Session, slotKey, { value: { given: undefined, taken: undefined } });
  const { result } = postTo<{ result: RemoteValue }>(session, "Runtime.evaluate", { expression: slotPath });
  if (result.objectId === undefined) throw new Error("the inspector does not see this process");
  return { session, slot: holder[slotKey] as Slot, slotId: result.objectId };
}

/** Runs `body` with a listener of one of the inspector's events. */
export function listening<T>(event: string, listener: (params: object) => void, body: () => T): T {
  const { session } = connection();
  const onMessage = ({ params }: { params: object }): void => listener(params);
  session.on(event, onMessage);
  try {
    return body();
  } finally {
    session.off(event, onMessage);
  }
}

/** One command of the inspector's protocol, answered synchronously. */
export function post<T>(method: string, params?: object): T {
  return postTo(connection().session, method, params);
}

function postTo<T>(session: Session, method: string, params: object | undefined): T {
  let answer: T | undefined;
  let failure: Error | null = null;
  // The commands are typed by string literals; ours come from one place and are few.
  const send = session.post as (method: string, params: object | undefined, done: (error: Error | null, result: T) => void) => void;
  send.call(session, method, params, (error, result) => {
    failure = error;
    answer = result;
  });
  if (failure !== null) throw failure;
  return answer as T; // answered before post() returned
}
