/** What a receiver has to know of a class whose instances have `#private` state, and whether home could make its instances. */

import type { ClassPrivates } from "../codec/decode/decodePrivate.ts";
import { globalNames, isOfLanguage } from "../codec/scanIntrinsics.ts";
import type { ScopeFrame } from "../platform/inspector.ts";
import type { PrivateFacts } from "./analysis/privateFacts.ts";
import { insider } from "./insider.ts";
import { frameOf } from "./resolveNames.ts";
import type { Site } from "./Site.ts";

/** `undefined`: they have none. */
export function classPrivates(fn: Function, { originalFacts }: Site, scopes: readonly ScopeFrame[]): ClassPrivates | undefined {
  const privates = originalFacts.classFacts?.privates;
  if (privates === undefined) return undefined;
  const { ownConstructor, isDerived } = privates;
  const isOpen = (ownConstructor?.isQuiet === false || insider(fn) !== undefined) && (!isDerived || Object.isExtensible(fn));
  return { answers: ownConstructor?.answers ?? 0, stays: !isOpen || !isQuiet(privates, scopes) };
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
