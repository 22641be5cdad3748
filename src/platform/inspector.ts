/**
 * What only V8's inspector knows about functions: their scopes, where they stand, what a bound function binds.
 * A same-thread session answers synchronously. `Runtime` is never enabled, `Debugger` only for moments:
 * left on, it makes awaits eight times slower. Object groups are released after every look.
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
  /** Zero-based, in the script's own coordinates (`ScriptInfo.startLine` already counted in by V8). */
  readonly line: number;
  readonly column: number;
  readonly scopes: readonly ScopeFrame[];
  readonly bound: { readonly target: unknown; readonly self: unknown; readonly args: readonly unknown[] } | undefined;
}

export interface ScriptInfo {
  readonly id: string;
  readonly url: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly isModule: boolean;
}

interface RemoteValue {
  readonly objectId?: string;
  readonly value?: unknown;
}
interface NamedValue {
  readonly name: string;
  readonly value?: RemoteValue;
}
interface Slot {
  given: unknown;
  taken: unknown;
}

/** The inspector cannot be used in this process (`--permission`, Bun, builds without it). */
export class InspectorAbsent extends Error {}

const slotKey = Symbol.for("futureplan/slot");
// The module object of a built-in is the one thing that main context and `vm` contexts (jest, vitest) share.
const slotPath = 'process.getBuiltinModule("node:inspector").Session[Symbol.for("futureplan/slot")]';
const group = "futureplan";

let open: { readonly session: Session; readonly slot: Slot } | undefined;
let absent: InspectorAbsent | undefined;

/** Everything V8 tells about `fn`. Throws `InspectorAbsent` where there is no inspector. About 75 µs. */
export function lookAt(fn: object): FunctionLook {
  const { slot } = connection();
  slot.given = fn;
  try {
    const self = post<{ result: RemoteValue }>("Runtime.evaluate", { expression: `${slotPath}.given`, objectGroup: group });
    const found = post<{ internalProperties?: readonly NamedValue[] }>("Runtime.getProperties", {
      objectId: self.result.objectId,
      ownProperties: true,
    });
    return describe(found.internalProperties ?? []);
  } finally {
    slot.given = undefined;
    slot.taken = undefined;
    post("Runtime.releaseObjectGroup", { objectGroup: group });
  }
}

function describe(internals: readonly NamedValue[]): FunctionLook {
  const named = new Map(internals.map((entry) => [entry.name, entry.value]));
  const location = named.get("[[FunctionLocation]]")?.value as { scriptId: string; lineNumber: number; columnNumber: number } | undefined; // V8's shape
  const scopes = named.get("[[Scopes]]");
  const target = named.get("[[TargetFunction]]") ?? named.get("[[Target]]");
  return {
    scriptId: location?.scriptId,
    line: location?.lineNumber ?? 0,
    column: location?.columnNumber ?? 0,
    scopes: scopes === undefined ? [] : Array.from(fetchObject(scopes) as ArrayLike<ScopeFrame>), // an array without prototype
    bound:
      target === undefined
        ? undefined
        : {
            target: fetchObject(target),
            self: fetchValue(named.get("[[BoundThis]]")),
            args: Array.from((fetchValue(named.get("[[BoundArgs]]")) ?? []) as ArrayLike<unknown>), // V8 gives an array
          },
  };
}

/** The real object behind a remote id. */
function fetchObject(remote: RemoteValue): unknown {
  post("Runtime.callFunctionOn", { objectId: remote.objectId, functionDeclaration: `function () { ${slotPath}.taken = this; }` });
  return connection().slot.taken;
}

function fetchValue(remote: RemoteValue | undefined): unknown {
  if (remote === undefined) return undefined;
  return remote.objectId === undefined ? fetchPrimitive(remote) : fetchObject(remote);
}

function fetchPrimitive(remote: RemoteValue): unknown {
  const unserializable = (remote as { unserializableValue?: string }).unserializableValue; // -0, NaN, Infinity, 1n
  if (unserializable === undefined) return remote.value;
  return unserializable.endsWith("n") ? BigInt(unserializable.slice(0, -1)) : Number(unserializable);
}

const scripts = new Map<string, ScriptInfo>();
const sources = new Map<string, string>();

/** The script with this id; turns the debugger on for a moment (3–30 ms) when it was parsed since the last look. */
export function scriptInfo(id: string): ScriptInfo | undefined {
  if (!scripts.has(id)) withDebugger(() => undefined);
  return scripts.get(id);
}

/** V8's text of a script: what really runs, even when the file has changed. */
export function scriptSource(id: string): string {
  const known = sources.get(id);
  if (known !== undefined) return known;
  withDebugger(() => undefined, id);
  return sources.get(id) ?? "";
}

/** Runs `body` while the debugger is on. Scripts parsed since the last time are noted, and the source of `wanted` too. */
export function withDebugger<T>(body: () => T, wanted?: string): T {
  const { session } = connection();
  const onScript = (message: { params: object }): void => {
    const { scriptId, url, startLine, startColumn, isModule } = message.params as {
      scriptId: string; url: string; startLine: number; startColumn: number; isModule: boolean; // V8's shape
    };
    scripts.set(scriptId, { id: scriptId, url, startLine, startColumn, isModule });
  };
  session.on("Debugger.scriptParsed", onScript);
  try {
    post("Debugger.enable", { maxScriptsCacheSize: 0 });
    if (wanted !== undefined) sources.set(wanted, post<{ scriptSource: string }>("Debugger.getScriptSource", { scriptId: wanted }).scriptSource);
    return body();
  } finally {
    post("Debugger.disable");
    session.off("Debugger.scriptParsed", onScript);
  }
}

/** The target of a proxy, or `undefined` when `value` is none. Runs no trap. */
export function proxyTarget(value: object): unknown {
  return lookAt(value).bound?.target;
}

function connection(): { readonly session: Session; readonly slot: Slot } {
  if (open !== undefined) return open;
  if (absent !== undefined) throw absent;
  try {
    const inspector = createRequire(import.meta.url)("node:inspector") as typeof import("node:inspector"); // lazily: 3 ms
    const session = new inspector.Session();
    session.connect();
    const holder = inspector.Session as unknown as { [slotKey]?: Slot }; // our own symbol
    if (holder[slotKey] === undefined) Object.defineProperty(inspector.Session, slotKey, { value: { given: undefined, taken: undefined } });
    open = { session, slot: holder[slotKey] as Slot };
    return open;
  } catch (cause) {
    absent = new InspectorAbsent("node:inspector is not available in this process", { cause });
    throw absent;
  }
}

/** One command of the inspector's protocol, answered synchronously. */
export function post<T>(method: string, params?: object): T {
  let answer: T | undefined;
  let failure: Error | null = null;
  // The commands are typed by string literals; ours come from one place and are few.
  (connection().session.post as (method: string, params: object | undefined, done: (error: Error | null, result: T) => void) => void)
    .call(connection().session, method, params, (error, result) => {
      failure = error;
      answer = result;
    });
  if (failure !== null) throw failure;
  return answer as T; // answered before post() returned
}
