/** Functions that can reach the `#private` state of a class's instances: made in the scope of one of its own methods, which is not run. */

import { isNative, textOf } from "../codec/encode/objects.ts";
import { functionsIn, type Stoppable } from "../platform/probe.ts";
import type { PrivateAccess } from "../session/Session.ts";
import { analyseFunction } from "./analysis/analyseFunction.ts";
import type { PrivateFacts } from "./analysis/privateFacts.ts";
import { readerOf, writerOf } from "./privateEdits.ts";
import { stoppable } from "./stoppableOf.ts";

export type Accessors = readonly [read: PrivateAccess["read"], write: PrivateAccess["write"]];

/** Texts of functions that read and write the fields. */
export function accessorTexts(facts: PrivateFacts): readonly string[] {
  return [readerOf(facts), writerOf(facts)];
}

const known = new WeakMap<Function, Accessors>();

/** `undefined`: the class has no method that could be asked. */
export function accessorsOf(constructor: Function, facts: PrivateFacts): Accessors | undefined {
  const given = known.has(constructor) ? undefined : insider(constructor);
  if (given !== undefined) known.set(constructor, functionsIn(given, accessorTexts(facts)) as unknown as Accessors); // made from these texts
  return known.get(constructor);
}

/** A method or accessor of the class's own whose call can be stopped. */
export function insider(constructor: Function): Stoppable | undefined {
  for (const holder of [constructor.prototype as object, constructor]) {
    for (const key of Reflect.ownKeys(holder)) {
      const { value, get, set } = Object.getOwnPropertyDescriptor(holder, key) ?? {};
      for (const fn of [value, get, set] as readonly unknown[]) {
        if (typeof fn !== "function" || key === "constructor" || isNative(fn) || !textOf(constructor).includes(textOf(fn))) continue;
        const given = stoppable(fn, analyseFunction(textOf(fn), true));
        if (given !== undefined) return given;
      }
    }
  }
  return undefined;
}
