/** Functions whose call can be stopped at its entry, so that the probe may ask in their scope. */

import { answer } from "../codec/answer.ts";
import { textOf } from "../codec/encode/objects.ts";
import type { ScopeFrame } from "../platform/inspector.ts";
import type { Stoppable } from "../platform/probe.ts";
import { analyseFunction, type FunctionFacts } from "./analysis/analyseFunction.ts";
import type { Obstacle } from "./analysis/parameterFacts.ts";
import { memberOf } from "./classMembers.ts";
import { possibleNames } from "./functionNames.ts";
import type { FunctionRecord } from "./FunctionRecord.ts";
import type { Site } from "./Site.ts";

type Placed = Pick<FunctionRecord, "fn" | "site" | "scopes">;

/** The function itself or, of a class, one of its methods: those stand in the same scope. Best one that uses `name`, which must mean the same there. */
export function stoppableOf(placed: Placed, name?: string): Stoppable | undefined {
  const { fn, site } = placed;
  if (site.facts.form !== "class") return ownStoppable(placed, name);
  const methods = methodsOf(fn, site).filter(({ facts }) => name === undefined || !facts.declared.has(name));
  return (name === undefined ? undefined : methods.find(uses(name))?.given) ?? methods[0]?.given;
}

/** The same, but only what uses `name` itself: others need not have it in their scope. */
export function stoppableUser(placed: Placed, name: string): Stoppable | undefined {
  const { fn, site } = placed;
  if (site.facts.form !== "class") return ownStoppable(placed, name);
  return methodsOf(fn, site).find((method) => uses(name)(method) && !method.facts.declared.has(name))?.given;
}

/** At the entry, blocks may have begun that declare the name, too. */
function ownStoppable(placed: Placed, name: string | undefined): Stoppable | undefined {
  const { fn, site } = placed;
  if (name !== undefined && site.facts.declared.has(name)) return undefined;
  return obstacleTo(placed) === undefined ? { ...callOf(fn, site.facts), place: placeOf(site) } : undefined;
}

/** What stands in the way of stopping a function's calls, in words that follow "whose"; `undefined`: nothing. */
export function obstacleTo({ site, scopes }: Omit<Placed, "fn">): string | undefined {
  const { obstacle, keys } = site.facts.parameters;
  if (obstacle !== undefined) return inWords(obstacle);
  const key = keys.find((name) => !isPlainKey(name, site, scopes));
  return key === undefined ? undefined : inWords({ type: "key", text: key });
}

function inWords({ type, text }: Obstacle): string {
  const code = text.length > longest ? `${text.slice(0, longest)}…` : text;
  switch (type) {
    case "default":
      return `parameters have the default ${code}`;
    case "key":
      return `parameters have the key [${code}]`;
    case "rest":
      return `parameters have the pattern ${code}`;
    case "class":
      return `body begins with a class (${code})`;
    case "chain":
      return `body has the chain ${code} in a loop, a list or a class`;
  }
}

const longest = 40;

/** Whether a variable holds what becomes a key without asking anybody. */
function isPlainKey(name: string, site: Site, scopes: readonly ScopeFrame[]): boolean {
  if (possibleNames(site).has(name)) return false; // no frame shows it
  const frame = scopes.find(({ description, object }) => description.startsWith("With") || name in object);
  if (frame === undefined || frame.description.startsWith("With") || frame.description === "Global") return false;
  try {
    return ["string", "number", "symbol"].includes(typeof frame.object[name]);
  } catch {
    return false; // it is in its dead zone
  }
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
    const given = stoppable(method, facts);
    if (given !== undefined) found.push({ facts, given });
  }
  return found;
}

/** A function of which no more than its text is known. */
export function stoppable(fn: Function, facts: FunctionFacts): Stoppable | undefined {
  const { obstacle, keys } = facts.parameters;
  return obstacle === undefined && keys.length === 0 ? callOf(fn, facts) : undefined;
}

function callOf(fn: Function, { generator, parameters: { answers, iterates } }: FunctionFacts): Stoppable {
  return { fn, generator, args: Array.from({ length: answers }, () => answer), iterates };
}

function placeOf({ script, line, column }: Site): string | undefined {
  return script && `${script.id}:${line}:${column}`;
}
