/**
 * Functions and classes that left home and may come back: each has an id, and what returns under that id
 * is the home function itself. Held weakly; a pending future keeps its own functions alive.
 */

import { currentSession } from "../session/currentSession.ts";

const ids = new WeakMap<Function, string>();
const functions = new Map<string, WeakRef<Function>>();
const forget = new FinalizationRegistry<string>((id) => functions.delete(id));

/** The id under which `fn` is known to have been sent from this session. */
export function homeId(fn: Function): string {
  let id = ids.get(fn);
  if (id === undefined) {
    const session = currentSession();
    session.count += 1;
    id = `${session.id}:${session.count}`;
    ids.set(fn, id);
    functions.set(id, new WeakRef(fn));
    forget.register(fn, id);
  }
  return id;
}

/** The home function of an id; `undefined` when it is not ours or is gone. */
export function homeFunction(id: string): Function | undefined {
  return functions.get(id)?.deref();
}
