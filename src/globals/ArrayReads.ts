/**
 * Whether captured functions only read an array that they take from outside or get as an argument: then they could not
 * tell a private copy from memory that others read, too. What the texts leave open (`analysis/reads`) is answered by the
 * values that names have; functions that call each other in circles only read if none of them writes. See README.md.
 */

import { types } from "node:util";
import { isNamespace, isNative } from "../codec/encode/objects.ts";
import { intrinsicPath } from "../codec/intrinsics.ts";
import { isLegacyProperty } from "../platform/sloppyFunctions.ts";
import { provenIf, type Condition, type Proof } from "./analysis/reads/Condition.ts";
import { readFacts, type ReadFacts } from "./analysis/reads/readFacts.ts";
import { harmlessNames, isOfNumbers, numberFunctions, readingFunctions } from "./analysis/reads/vocabulary.ts";
import type { KnownConstant, LinkedFunction } from "./knownConstants.ts";
import type { BoundName } from "./resolveNames.ts";

/** What a capture met; `Capture` is one. */
export interface Captured {
  readonly records: readonly CapturedFunction[];
  readonly constants: readonly KnownConstant[];
}

/** Of a `FunctionRecord` what matters here. */
interface CapturedFunction {
  readonly fn: Function;
  readonly site: LinkedFunction["site"];
  readonly bound: readonly Pick<BoundName, "name" | "value" | "assigned">[];
}

/** A function with the values of its names. */
interface Linked extends LinkedFunction {
  readonly id: number;
}

/** One thing to be shown of a function: that it only reads a variable or an argument, or that it returns indices. */
type Question =
  | { readonly type: "variable"; readonly name: string }
  | { readonly type: "parameter"; readonly position: number }
  | { readonly type: "results" };

/** Code that reaches what its text does not name: arguments of calls under way, methods of all typed arrays. */
const reachesFar = /[.'"`]\s*(?:arguments|caller)\b|(?:Array|constructor|\))\s*(?:\?\s*)?\.\s*prototype\b|\b__proto__\b/;

const usualKeys: ReadonlySet<PropertyKey> = new Set(["length", "name", "prototype"]);

export class ArrayReads {
  readonly #functions = new Map<Function, Linked>();
  /** Names that some function writes, and what stood in those variables: who imports them may call them otherwise. */
  readonly #written = new Set<unknown>();
  readonly #isHopeless: boolean;
  readonly #proven = new Set<string>();

  /** All functions that were captured together, after `Capture.complete`; earlier, writers may be missing. */
  constructor({ records, constants }: Captured) {
    for (const { fn, site, bound } of records) {
      this.#add({ fn, site, values: new Map(bound.map(({ name, value }) => [name, value])) });
      for (const { name, value, assigned } of bound) if (assigned) this.#written.add(name).add(value);
    }
    for (const constant of constants) this.#addConstant(constant);
    const sites = [...this.#functions.values()].map(({ site }) => site);
    for (const { facts } of sites) for (const [name, { assigned }] of facts.free) if (assigned) this.#written.add(name);
    this.#isHopeless = sites.some(({ text, facts }) => facts.directEval || reachesFar.test(text));
  }

  /** Whether the captured function `fn` only reads the typed array that its free variable `name` holds. */
  variable(fn: Function, name: string): boolean {
    return !this.#isWritten(name, this.#functions.get(fn)?.values.get(name)) && this.#isShown(fn, { type: "variable", name });
  }

  /** Whether the captured function `fn`, when called, only reads a typed array that is its argument at `position`, counted from 0. */
  parameter(fn: Function, position: number): boolean {
    return this.#isShown(fn, { type: "parameter", position });
  }

  #add(linked: LinkedFunction): void {
    this.#functions.set(linked.fn, { ...linked, id: this.#functions.size });
  }

  #addConstant({ parts }: KnownConstant): void {
    for (const linked of parts) if (!this.#functions.has(linked.fn)) this.#add(linked);
  }

  #isShown(fn: Function, question: Question): boolean {
    if (this.#isHopeless) return false;
    const assumed = new Set<string>();
    if (!this.#holds(fn, question, assumed)) return false;
    for (const key of assumed) this.#proven.add(key);
    return true;
  }

  /** What is `assumed` is being shown already, or was: all of it holds if nothing fails. */
  #holds(fn: Function, question: Question, assumed: Set<string>): boolean {
    const linked = this.#functions.get(fn);
    if (linked === undefined || !isOrdinary(linked, question)) return false;
    const key = `${linked.id} ${Object.values(question).join(" ")}`;
    if (assumed.has(key) || this.#proven.has(key)) return true;
    assumed.add(key);
    const facts = readFacts(linked.site.text, linked.site.strict);
    const proof = facts && proofOf(facts, question, linked);
    return proof?.every((condition) => this.#isMet(condition, linked, assumed)) === true;
  }

  #isMet(condition: Condition, { fn, site, values }: Linked, assumed: Set<string>): boolean {
    const { type, name } = condition;
    const isBound = values.has(name);
    const value = isBound ? values.get(name) : name === site.facts.ownName ? fn : undefined;
    if (this.#isWritten(name, value)) return false;
    switch (type) {
      case "global":
        return !isBound;
      case "index":
        return isBound ? isIndex(value) : harmlessNames.has(name);
      case "typedArray":
        return types.isTypedArray(value);
      case "reads":
        if (value === undefined && condition.member === undefined) return readingFunctions.has(name);
        return this.#isCall(value, condition, assumed);
      case "returns":
        return this.#isCall(value, condition, assumed);
    }
  }

  /** Whether the function that is meant reads its argument only, or returns an index. */
  #isCall(value: unknown, condition: Condition & { readonly member: string | undefined }, assumed: Set<string>): boolean {
    const { member } = condition;
    const fn = member === undefined ? value : exported(value, member);
    if (typeof fn !== "function" || this.#written.has(fn)) return false;
    if (isNumeric(fn)) return true;
    return this.#holds(fn, condition.type === "reads" ? { type: "parameter", position: condition.position } : { type: "results" }, assumed);
  }

  #isWritten(name: string, value: unknown): boolean {
    return this.#written.has(name) || (value !== undefined && this.#written.has(value));
  }
}

/** What a module exports, where nobody can put something else in its place. */
function exported(namespace: unknown, member: string): unknown {
  if (!isNamespace(namespace)) return undefined;
  const isFixed = types.isModuleNamespaceObject(namespace) || Object.getOwnPropertyDescriptor(namespace, member)?.get !== undefined;
  return isFixed ? namespace[member] : undefined;
}

function isIndex(value: unknown): boolean {
  return typeof value !== "string" && typeof value !== "function" && (typeof value !== "object" || value === null);
}

/** A function of the language that makes numbers of what it gets: `const { sqrt } = Math`. */
function isNumeric(fn: Function): boolean {
  if (types.isProxy(fn) || !isNative(fn)) return false;
  const [root, key, ...more] = intrinsicPath(fn) ?? [""];
  return key === undefined ? numberFunctions.has(root) : more.length === 0 && isOfNumbers(root, key);
}

/** Whether calling it runs its text: no class, no accessor; and nobody has made more of it than a function. */
function isOrdinary({ fn, site }: Linked, { type }: Question): boolean {
  if (type === "variable") return true;
  const { form } = site.facts;
  return (
    (form === "arrow" || form === "function" || form === "method") &&
    Reflect.ownKeys(fn).every((key) => usualKeys.has(key) || isLegacyProperty(fn, key))
  );
}

function proofOf({ free, parameters, results }: ReadFacts, question: Question, { site, values }: Linked): Proof {
  switch (question.type) {
    case "variable":
      // Its own name is no free one, and a name that is not used at all cannot be written to.
      return free.has(question.name) || question.name === site.facts.ownName
        ? free.get(question.name)
        : provenIf(values.has(question.name));
    case "parameter":
      return parameters[Math.min(question.position, parameters.length - 1)];
    case "results":
      return results;
  }
}
