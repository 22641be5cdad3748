/**
 * Functions, classes, WeakMaps and WeakSets that left home and may come back: each has an id, and what returns under that id
 * is home's own. Held weakly; a pending future keeps its own functions alive.
 */

import { currentSession } from "../session/currentSession.ts";

const ids = new WeakMap<object, string>();
const objects = new Map<string, WeakRef<object>>();
const forget = new FinalizationRegistry<string>((id) => objects.delete(id));

/** The id under which `own` is known to have been sent from this session. */
export function homeId(own: object): string {
  let id = ids.get(own);
  if (id === undefined) {
    const session = currentSession();
    session.count += 1;
    id = `${session.id}:${session.count}`;
    ids.set(own, id);
    objects.set(id, new WeakRef(own));
    forget.register(own, id);
  }
  return id;
}

/** What has an id; `undefined` when it is not ours or is gone. */
export function byHomeId(id: string): object | undefined {
  return objects.get(id)?.deref();
}
