/** Functions whose call can be stopped at its entry, so that the probe may ask in their scope. */

import { textOf } from "../codec/encode/objects.ts";
import type { Stoppable } from "../platform/probe.ts";
import { analyseFunction, type FunctionFacts } from "./analysis/analyseFunction.ts";
import { memberOf } from "./classMembers.ts";
import type { FunctionRecord } from "./FunctionRecord.ts";
import type { Site } from "./Site.ts";

/** The function itself or, of a class, one of its methods: those stand in the same scope. Best one that uses `name`. */
export function stoppableOf({ fn, site }: Pick<FunctionRecord, "fn" | "site">, name?: string): Stoppable | undefined {
  const { facts } = site;
  if (facts.form !== "class") return facts.parameters.stoppable ? { ...callOf(fn, facts), place: placeOf(site) } : undefined;
  const methods = methodsOf(fn, site);
  return (name === undefined ? undefined : methods.find(uses(name))?.given) ?? methods[0]?.given;
}

/** The same, but only what uses `name` itself: others need not have it in their scope. */
export function stoppableUser({ fn, site }: Pick<FunctionRecord, "fn" | "site">, name: string): Stoppable | undefined {
  return site.facts.form === "class" ? methodsOf(fn, site).find(uses(name))?.given : stoppableOf({ fn, site });
}

function methodsOf(fn: Function, site: Site): readonly Method[] {
  return [...stoppableMethods(fn.prototype as object, site, false), ...stoppableMethods(fn, site, true)]; // classes have one
}

function uses(name: string): (method: Method) => boolean {
  return ({ facts }) => facts.free.has(name);
}

interface Method {
  readonly facts: FunctionFacts;
  readonly given: Stoppable;
}

function stoppableMethods(holder: object, site: Site, isStatic: boolean): readonly Method[] {
  const found: Method[] = [];
  for (const key of Reflect.ownKeys(holder)) {
    const descriptor = Object.getOwnPropertyDescriptor(holder, key);
    const method: unknown = descriptor?.value;
    if (typeof method !== "function" || descriptor === undefined || memberOf(site, key, descriptor, isStatic) === false) continue;
    const facts = analyseFunction(textOf(method), true);
    if (facts.parameters.stoppable) found.push({ facts, given: callOf(method, facts) });
  }
  return found;
}

function callOf(fn: Function, { generator, parameters: { empties } }: FunctionFacts): Stoppable {
  return { fn, generator, empties };
}

function placeOf({ script, line, column }: Site): string | undefined {
  return script && `${script.id}:${line}:${column}`;
}
