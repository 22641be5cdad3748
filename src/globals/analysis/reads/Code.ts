/**
 * The text of a function as a tree that can be climbed: from a name to its binding, from a binding to its uses, from
 * any node to what it stands in. Kept only while facts are drawn from it.
 */

import type { AnyNode, CallExpression, Identifier, ReturnStatement } from "acorn";
import type { AnyFunction } from "../functions.ts";
import { parseFunction, type ParsedFunction } from "../parseFunction.ts";
import { resolve } from "../resolve.ts";
import { Scope, type Binding, type Reference, type Use } from "../Scope.ts";
import { childrenOf, walkTree } from "../walkTree.ts";

export interface NodeUse {
  readonly node: Identifier;
  readonly use: Use;
}

export class Code {
  readonly root: ParsedFunction["node"];
  /** The uses of names that are not declared within. */
  readonly free: ReadonlyMap<string, readonly NodeUse[]>;
  readonly bindings: readonly Binding[];
  readonly functions: AnyFunction[] = [];
  /** Names may mean something else than the tree tells: direct `eval`, `with`. */
  readonly opaque: boolean;
  readonly #shift: number;
  readonly #parents = new Map<AnyNode, AnyNode>();
  readonly #names = new Map<number, Identifier>();
  readonly #bindingAt = new Map<number, Binding>();
  readonly #scopes = new Map<number, Scope>();
  readonly #returns = new Map<AnyFunction, ReturnStatement[]>();
  readonly #declared = new Map<string, number>();
  #hasWith = false;

  /** Throws `UnparsableFunction`, and `RangeError` for what is nested too deeply. */
  constructor(text: string, strict: boolean) {
    const { node, shift } = parseFunction(text, strict);
    this.root = node;
    this.#shift = shift;
    const outside = new Scope("outside", node, undefined, { strict });
    const walk = walkTree(node, outside, shift);
    const free = resolve(walk);
    this.#index(node, undefined);
    this.bindings = this.#indexScope(outside);
    this.free = this.#group(free);
    const isLost = walk.references.some(({ start }) => !this.#names.has(start + shift));
    this.opaque = outside.hasEval || this.#hasWith || isLost;
  }

  /** What a node stands in; the function itself stands in nothing. */
  parentOf(node: AnyNode): AnyNode | undefined {
    return this.#parents.get(node);
  }

  /** `undefined`: the name is free. */
  bindingOf(name: Identifier): Binding | undefined {
    return this.#bindingAt.get(name.start);
  }

  /** Where a binding is declared first. */
  declarationOf({ start }: Binding): Identifier | undefined {
    return this.#names.get(start);
  }

  usesOf({ references }: Binding): readonly NodeUse[] {
    return references.flatMap((reference) => this.#nodeUse(reference));
  }

  /** The scope of a function's parameters. */
  scopeOf(fn: AnyFunction): Scope | undefined {
    return this.#scopes.get(fn.start);
  }

  functionAround(node: AnyNode): AnyFunction | undefined {
    const parent = this.parentOf(node);
    return parent === undefined || isFunction(parent) ? parent : this.functionAround(parent);
  }

  /** The `return` statements of a function itself. */
  returnsOf(fn: AnyFunction): readonly ReturnStatement[] {
    return this.#returns.get(fn) ?? [];
  }

  /** The function that a binding always stands for. */
  functionOf(binding: Binding): AnyFunction | undefined {
    const name = this.declarationOf(binding);
    const parent = name && this.parentOf(name);
    if (binding.assigned || parent === undefined || this.isSplit(binding)) return undefined;
    if (parent.type === "VariableDeclarator") return parent.id === name ? this.#functionIn(parent.init) : undefined;
    return this.#isNamed(parent, name) ? parent : undefined;
  }

  /** A function as it stands, or as esbuild keeps its name: `__name(fn, "it")`. */
  #functionIn(node: AnyNode | null | undefined): AnyFunction | undefined {
    if (isFunction(node)) return node;
    if (node?.type !== "CallExpression" || node.callee.type !== "Identifier") return undefined;
    const [fn] = node.arguments;
    return isFunction(fn) && node.callee.name === "__name" && this.bindingOf(node.callee) === undefined ? fn : undefined;
  }

  /** Of several declarations of a name the last one counts. */
  #isNamed(node: AnyNode, name: Identifier | undefined): node is AnyFunction {
    if (node.type === "FunctionDeclaration") return node.id === name && this.#declared.get(name?.name ?? "") === 1;
    return node.type === "FunctionExpression" && node.id === name;
  }

  /** All calls of a local function; `undefined` if it goes elsewhere, too. */
  callsOf(fn: AnyFunction): readonly CallExpression[] | undefined {
    const parent = this.parentOf(fn);
    if (this.callsItself(fn)) return undefined;
    if (parent?.type === "CallExpression") return parent.callee === fn ? [parent] : undefined;
    const binding = this.#bindingFor(fn, parent);
    if (binding === undefined || this.functionOf(binding) !== fn) return undefined;
    const uses = this.usesOf(binding).filter(({ use }) => use !== "init");
    const calls = uses.map(({ node }) => this.#callOf(node));
    return calls.every((call) => call !== undefined) ? calls : undefined;
  }

  /** Whether a function expression may do so, by a name of its own. */
  callsItself(fn: AnyFunction): boolean {
    return fn.type === "FunctionExpression" && fn.id !== null;
  }

  /** Of the name that a function is known by. */
  #bindingFor(fn: AnyFunction, parent: AnyNode | undefined): Binding | undefined {
    const name = fn.type === "FunctionDeclaration" ? fn.id : parent?.type === "VariableDeclarator" ? parent.id : undefined;
    return name?.type === "Identifier" ? this.bindingOf(name) : undefined;
  }

  #callOf(name: Identifier): CallExpression | undefined {
    const call = this.parentOf(name);
    return call?.type === "CallExpression" && call.callee === name ? call : undefined;
  }

  /** Where parameters have a scope of their own, a `var` of the body begins with the value of the parameter of its name. */
  isSplit(binding: Binding): boolean {
    const name = this.declarationOf(binding)?.name ?? "";
    const { scope } = binding;
    if (scope.kind === "body") return scope.parent?.bindings.has(name) === true;
    return scope.kind === "function" && scope.children.some(({ kind, bindings }) => kind === "body" && bindings.has(name));
  }

  #index(node: AnyNode, within: AnyFunction | undefined): void {
    if (node.type === "Identifier") this.#names.set(node.start, node);
    else if (node.type === "WithStatement") this.#hasWith = true;
    else if (node.type === "ReturnStatement" && within !== undefined) this.#returns.get(within)?.push(node);
    const inner = isFunction(node) ? this.#indexFunction(node) : within;
    for (const child of childrenOf(node)) {
      this.#parents.set(child, node);
      this.#index(child, inner);
    }
  }

  #indexFunction(fn: AnyFunction): AnyFunction {
    this.functions.push(fn);
    this.#returns.set(fn, []);
    if (fn.type === "FunctionDeclaration" && fn.id !== null) this.#declared.set(fn.id.name, (this.#declared.get(fn.id.name) ?? 0) + 1);
    return fn;
  }

  #indexScope(scope: Scope): Binding[] {
    if (scope.kind === "function") this.#scopes.set(scope.start, scope);
    const own = [...scope.bindings.values()];
    for (const binding of own) {
      if (!this.#bindingAt.has(binding.start)) this.#bindingAt.set(binding.start, binding);
      for (const { start } of binding.references) this.#bindingAt.set(start + this.#shift, binding);
    }
    return [...own, ...scope.children.flatMap((child) => this.#indexScope(child))];
  }

  #group(references: readonly Reference[]): Map<string, NodeUse[]> {
    const groups = new Map<string, NodeUse[]>();
    for (const reference of references) {
      const group = groups.get(reference.name) ?? [];
      groups.set(reference.name, group);
      group.push(...this.#nodeUse(reference));
    }
    return groups;
  }

  #nodeUse({ start, use }: Reference): NodeUse[] {
    const node = this.#names.get(start + this.#shift);
    return node === undefined ? [] : [{ node, use }];
  }
}

export function isFunction(node: AnyNode | null | undefined): node is AnyFunction {
  return node?.type === "ArrowFunctionExpression" || node?.type === "FunctionExpression" || node?.type === "FunctionDeclaration";
}
