/**
 * The connection to V8's inspector: a session of the same thread, which answers synchronously. `Runtime` and `Debugger` are enabled only for
 * moments: left on, the one keeps what consoles print, the other makes awaits eight times slower.
 */

import { createRequire } from "node:module";
import type { Session } from "node:inspector";

export interface RemoteValue {
  readonly objectId?: string;
  readonly value?: unknown;
  /** -0, NaN, Infinity, 1n. */
  readonly unserializableValue?: string;
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
export const slotPath = 'process.getBuiltinModule("node:inspector").Session[Symbol.for("futureplan/slot")]';
let open: Connection | undefined;
let absent: InspectorAbsent | undefined;
/** Throws `InspectorAbsent`. */
export function connection(): Connection {
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
