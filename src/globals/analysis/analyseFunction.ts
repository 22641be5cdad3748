/**
 * From the text of a function to facts about it: which names it takes from outside and how it uses them, and what
 * else ties it to its surroundings. Pure; cached by text, because one piece of code is captured many times.
 */

import { classFacts, type ClassFacts } from "./classFacts.ts";
import { freeNames, sumUp, type FreeName } from "./freeNames.ts";
import { locationOf } from "./locationOf.ts";
import { parameterFacts, type ParameterFacts } from "./parameterFacts.ts";
import { parseFunction, type Member, type ParsedFunction, type Wrap } from "./parseFunction.ts";
import { staticKey } from "./patterns.ts";
import { evalNames } from "./evalNames.ts";
import { freePrivateNames, resolve } from "./resolve.ts";
import { Scope, type Range } from "./Scope.ts";
import { UnparsableFunction } from "./UnparsableFunction.ts";
import type { ImportMeta } from "./Walk.ts";
import { walkTree } from "./walkTree.ts";

/** The key of a method; of a computed one, the expression in the brackets. */
export interface MemberKey extends Range {
  readonly computed: boolean;
  /** With `#` if private; `undefined` if computed. */
  readonly name: string | undefined;
}

export interface FunctionFacts {
  readonly form: "arrow" | "function" | "class" | "method" | "getter" | "setter";
  readonly async: boolean;
  readonly generator: boolean;
  /** Its code is strict by itself (directive, class) or because the caller said that its surroundings are. */
  readonly strict: boolean;
  readonly wrap: Wrap;
  /** Of methods only; not part of the free names. */
  readonly key: MemberKey | undefined;
  /** Of named functions and classes. The text of a declaration looks the same, but there the name is the outer variable. */
  readonly ownName: string | undefined;
  /** How the body uses its own name, if it does. */
  readonly ownUses: FreeName | undefined;
  /** Names used but not declared within. */
  readonly free: ReadonlyMap<string, FreeName>;
  /** Uses the `this` of its surroundings: arrows, and classes in heritage or computed keys. */
  readonly usesThis: boolean;
  /** The properties of `this` (an arrow's is that of its surroundings) that are read by fixed names, if that is all that is done with it. */
  readonly thisMembers: readonly string[] | undefined;
  /** Needs a home object (methods) or that of its surroundings (arrows). */
  readonly usesSuper: boolean;
  /** Uses the `new.target` of its surroundings. */
  readonly usesNewTarget: boolean;
  /** Uses the `arguments` of its surroundings; it is among the free names then. */
  readonly usesArguments: boolean;
  readonly importMeta: readonly ImportMeta[];
  readonly dynamicImport: boolean;
  /** Contains a direct `eval`, which may use any name. */
  readonly directEval: boolean;
  /** The names that its direct `eval`s take from outside; `undefined`: any, for the text of one is not known. */
  readonly evalNames: readonly string[] | undefined;
  /** Names the global object or can evaluate text, or uses `this` in a sloppy function. */
  readonly touchesGlobals: boolean;
  /** Private names, without `#`, of a class around it. */
  readonly undeclaredPrivate: readonly string[];
  readonly parameters: ParameterFacts;
  /** Names declared in it, blocks included, but no functions within. */
  readonly declared: ReadonlySet<string>;
  /** The offset of what V8 calls the function's location. */
  readonly location: number;
  /** Of classes only. */
  readonly classFacts: ClassFacts | undefined;
}

const globalNames = ["globalThis", "global", "self", "window", "eval", "Function"];

const limit = 10_000;
const sloppyCache = new Map<string, FunctionFacts>();
const strictCache = new Map<string, FunctionFacts>();

/**
 * Analyses what `Function.prototype.toString` gives. `strict` tells that the surroundings are strict (modules, class
 * bodies): functions in blocks are then not visible outside their block. Throws `UnparsableFunction`.
 */
export function analyseFunction(text: string, strict: boolean = false): FunctionFacts {
  const cache = strict ? strictCache : sloppyCache;
  const known = cache.get(text);
  if (known !== undefined) return known;
  const facts = analyse(text, strict);
  if (cache.size >= limit) cache.clear();
  cache.set(text, facts);
  return facts;
}

function analyse(text: string, strict: boolean): FunctionFacts {
  try {
    return factsOf(parseFunction(text, strict), text, strict);
  } catch (error) {
    if (error instanceof RangeError) throw new UnparsableFunction(text, [`nested too deeply: ${error.message}`]);
    throw error;
  }
}

function factsOf(parsed: ParsedFunction, text: string, strict: boolean): FunctionFacts {
  const { node, wrap, member, shift } = parsed;
  const outside = new Scope("outside", node, undefined, { strict });
  const walk = walkTree(node, outside, shift);
  const free = freeNames(resolve(walk));
  const isClass = node.type === "ClassExpression";
  const ownName = node.type === "ArrowFunctionExpression" ? undefined : node.id?.name;
  const ownUses = ownName === undefined ? undefined : usesOf(ownName, outside.children[0]);
  const root = rootOf(outside);
  return {
    form: formOf(node, member),
    async: !isClass && node.async,
    generator: !isClass && node.generator,
    strict: root.strict,
    wrap,
    key: member && keyOf(member, shift),
    ownName,
    ownUses,
    free,
    usesThis: outside.usesThis,
    thisMembers: thisMembersOf(node.type === "ArrowFunctionExpression" ? outside : root, outside),
    usesSuper: outside.usesSuper || root.usesSuper,
    usesNewTarget: outside.usesNewTarget,
    usesArguments: free.has("arguments"),
    importMeta: walk.importMeta,
    dynamicImport: walk.dynamicImport,
    directEval: outside.hasEval,
    evalNames: outside.hasEval ? evalNames(walk) : [],
    touchesGlobals: walk.sloppyThis || globalNames.some((name) => free.has(name)),
    undeclaredPrivate: freePrivateNames(walk),
    parameters: parameterFacts(
      node,
      ({ start, end }) => text.slice(start - shift, end - shift),
      (name) => free.has(name),
    ),
    declared: declaredIn(root),
    location: locationOf(text, parsed),
    classFacts: isClass ? classFacts(node, shift) : undefined,
  };
}

function thisMembersOf({ thisMembers }: Scope, { hasEval }: Scope): readonly string[] | undefined {
  return thisMembers === undefined || hasEval ? undefined : [...thisMembers];
}

function formOf(node: ParsedFunction["node"], member: Member | undefined): FunctionFacts["form"] {
  if (member !== undefined) return member.kind === "get" ? "getter" : member.kind === "set" ? "setter" : "method";
  if (node.type === "ClassExpression") return "class";
  return node.type === "ArrowFunctionExpression" ? "arrow" : "function";
}

function keyOf(member: Member, shift: number): MemberKey {
  const { computed, key } = member;
  return { computed, start: key.start - shift, end: key.end - shift, name: staticKey(member) };
}

/** The scope of the function or class itself; that of a function's own name, if it has one, surrounds it. */
function rootOf(outside: Scope): Scope {
  const [outer] = outside.children;
  return (outer?.kind === "functionName" ? outer.children[0] : outer) ?? outside;
}

function usesOf(name: string, scope: Scope | undefined): FreeName | undefined {
  const references = scope?.bindings.get(name)?.references ?? [];
  return references.length > 0 ? sumUp(references) : undefined;
}

function declaredIn(scope: Scope, into: Set<string> = new Set()): ReadonlySet<string> {
  for (const name of scope.bindings.keys()) into.add(name);
  for (const child of scope.children) if (child.kind !== "function" && child.kind !== "functionName") declaredIn(child, into);
  return into;
}
