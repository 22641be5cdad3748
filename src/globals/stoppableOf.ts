/** Functions whose call can be stopped at its entry, so that the probe may ask in their scope. */

import { textOf } from "../codec/encode/objects.ts";
import type { Stoppable } from "../platform/probe.ts";
import { analyseFunction } from "./analysis/analyseFunction.ts";
import { memberOf } from "./classMembers.ts";
import type { FunctionRecord } from "./FunctionRecord.ts";

/** The function itself or, of a class, one of its methods: those stand in the same scope. With `name`: one that takes this from there. */
export function stoppableOf({ fn, site }: Pick<FunctionRecord, "fn" | "site">, name?: string): Stoppable | undefined {
  const { form, parameters, generator } = site.facts;
  if (form !== "class") return parameters.stoppable ? { fn, generator } : undefined;
  for (const [holder, isStatic] of [
    [fn.prototype as object, false],
    [fn, true],
  ] as const) {
    for (const key of Reflect.ownKeys(holder)) {
      const descriptor = Object.getOwnPropertyDescriptor(holder, key);
      const method: unknown = descriptor?.value;
      if (typeof method !== "function" || descriptor === undefined || memberOf(site, key, descriptor, isStatic) === false) continue;
      const facts = analyseFunction(textOf(method), true);
      if (facts.parameters.stoppable && (name === undefined || facts.free.has(name))) return { fn: method, generator: facts.generator };
    }
  }
  return undefined;
}
