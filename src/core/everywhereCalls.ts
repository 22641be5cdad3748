/**
 * Calls of `everywhere()`: remembered in the session, in their order, for every worker below this thread. What a worker was told of
 * them, and of home's environment, is known by whoever sends to it (`backends/pool/StateSender.ts`).
 */

import type { Payload } from "../codec/Encoded.ts";
import { snapshotValue } from "../globals/snapshot.ts";
import { currentSession } from "../session/currentSession.ts";
import type { EverywhereCall } from "../session/Session.ts";
import { engine } from "./engine.ts";

/** Freezes `fn`, then runs it here. Futures that have not begun by now run after it, wherever they are. Throws `NotPortable`, and what `fn` throws. */
export async function callEverywhere<R>(fn: () => R | PromiseLike<R>): Promise<R> {
  const payload = snapshotValue(fn, "everywhere");
  const call: EverywhereCall = { payload, copy: () => fn, version: environmentNow() };
  currentSession().everywhere.push(call);
  for (const plan of engine().open) plan.takeBack();
  try {
    const result = fn();
    call.version = environmentNow();
    return await result;
  } finally {
    call.version = environmentNow();
  }
}

/** How many writes of the environment there were; nobody notes them while no worker shares it. */
function environmentNow(): number {
  const { environment } = currentSession();
  if (environment.users === 0) environment.compare(process.env);
  return environment.version;
}

/** What is sent. Throws `NotPortable` for a function from above that cannot go further down. */
export function payloadOf(call: EverywhereCall): Payload {
  if (isPayload(call.payload)) return call.payload;
  const payload = snapshotValue(call.copy(), "everywhere");
  call.payload = payload;
  return payload;
}

/** Nobody but this file sets it. */
function isPayload(value: unknown): value is Payload {
  return value !== undefined;
}
