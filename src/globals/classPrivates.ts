/** What a receiver has to know of a class whose instances have `#private` state, and whether home could make its instances. */

import type { ClassPrivates } from "../codec/decode/decodePrivate.ts";
import { globalNames, isOfLanguage } from "../codec/scanIntrinsics.ts";
import type { ScopeFrame } from "../platform/inspector.ts";
import { currentSession } from "../session/currentSession.ts";
import type { PrivateFacts } from "./analysis/privateFacts.ts";
import { insider } from "./insider.ts";
import { frameOf } from "./resolveNames.ts";
import type { Site } from "./Site.ts";

/** `undefined`: they have none. */
export function classPrivates(fn: Function, { originalFacts }: Site, scopes: readonly ScopeFrame[]): ClassPrivates | undefined {
  const privates = originalFacts.classFacts?.privates;
  if (privates === undefined) return undefined;
  // A class that was rebuilt here, in a worker, hands out by itself what its instances need.
  const isRebuilt = currentSession().privates.has(fn);
  return { answers: privates.ownConstructor?.answers ?? 0, stays: !isRebuilt && !(isOpen(fn, privates) && isQuiet(privates, scopes)) };
}

/** Whether somebody can be asked for what reads and writes its fields, and its parent can be set aside for a moment. */
function isOpen(fn: Function, { ownConstructor, isDerived }: PrivateFacts): boolean {
  return (ownConstructor?.isQuiet === false || insider(fn) !== undefined) && (!isDerived || Object.isExtensible(fn));
}

/** Whether its constructor can be called up to where the fields are initialised without running code of the user's. */
function isQuiet({ harmless, ownConstructor, isDerived }: PrivateFacts, scopes: readonly ScopeFrame[]): boolean {
  if (harmless === undefined || ownConstructor?.isCallable === false) return false;
  if (isDerived && ownConstructor !== undefined && ownConstructor.afterSuper === undefined) return false;
  const { globals, reads } = harmless;
  const isVariable = (name: string): boolean => frameOf(scopes, name) !== undefined;
  return (
    [...globals].every((name) => !isVariable(name) && globalNames.has(name)) &&
    [...reads].every((name) => isVariable(name) || isOfLanguage([name]))
  );
}
