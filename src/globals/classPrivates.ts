/** What a receiver has to know of a class whose instances have `#private` state, and whether home could make its instances. */

import type { ClassPrivates } from "../codec/decode/decodePrivate.ts";
import { isNative, textOf } from "../codec/encode/objects.ts";
import { isOfLanguage } from "../codec/scanIntrinsics.ts";
import type { ScopeFrame } from "../platform/inspector.ts";
import type { Stoppable } from "../platform/probe.ts";
import { analyseFunction } from "./analysis/analyseFunction.ts";
import type { PrivateFacts } from "./analysis/privateFacts.ts";
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

/** A function of the class's own that can be asked for what only code inside the class can reach. */
export function insider(constructor: Function): Stoppable | undefined {
  for (const holder of [constructor.prototype as object, constructor]) {
    for (const key of Reflect.ownKeys(holder)) {
      const { value, get, set } = Object.getOwnPropertyDescriptor(holder, key) ?? {};
      for (const fn of [value, get, set] as readonly unknown[]) {
        if (typeof fn !== "function" || key === "constructor" || isNative(fn) || !textOf(constructor).includes(textOf(fn))) continue;
        const { parameters, generator } = analyseFunction(textOf(fn), true);
        if (parameters.stoppable) return { fn, generator };
      }
    }
  }
  return undefined;
}

/** Whether its constructor can be called up to where the fields are initialised without running code of the user's. */
function isQuiet({ harmless, ownConstructor, isDerived }: PrivateFacts, scopes: readonly ScopeFrame[]): boolean {
  if (harmless === undefined || ownConstructor?.isCallable === false) return false;
  if (isDerived && ownConstructor !== undefined && ownConstructor.afterSuper === undefined) return false;
  const { globals, reads } = harmless;
  const isGlobal = (name: string): boolean => frameOf(scopes, name) === undefined && isOfLanguage([name]);
  return [...globals].every(isGlobal) && [...reads].every((name) => frameOf(scopes, name) !== undefined || isGlobal(name));
}
