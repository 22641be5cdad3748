/**
 * Follows a typed array through a text, from the name that stands for it: through aliases, closures, local functions,
 * callbacks and subarrays. Whatever is not known to only read it is taken to write it.
 */

import type { AnyNode, AssignmentExpression, CallExpression, Identifier, MemberExpression, Pattern } from "acorn";
import type { AnyFunction } from "../functions.ts";
import type { Binding } from "../Scope.ts";
import { byType, type ByType } from "./byType.ts";
import { isFunction, type Code, type NodeUse } from "./Code.ts";
import { proveAll, proven, provenIf, type Proof } from "./Condition.ts";
import { ElementUses } from "./ElementUses.ts";
import type { Indices } from "./Indices.ts";
import { freeName, isCalled, isTarget, passage, propertyName } from "./passage.ts";
import { callers, copyingClasses, isReadingMember, readers, sizes, typedArrays } from "./vocabulary.ts";

export class ArrayUses {
  readonly #code: Code;
  readonly #indices: Indices;
  readonly #elements: ElementUses;
  /** Followed already, or being followed: what leads in a circle reads if the rest does. */
  readonly #seen = new Set<Binding | AnyFunction>();

  constructor(code: Code, indices: Indices) {
    this.#code = code;
    this.#indices = indices;
    this.#elements = new ElementUses(code, indices);
  }

  /** Of all uses of a name; one that gets other values, too, is not followed. */
  name(uses: readonly NodeUse[]): Proof {
    return proveAll(uses, ({ node, use }) => (use === "read" || use === "typeof" ? this.#value(node) : provenIf(use === "init")));
  }

  /** Of a function of this text that gets the array as its argument at `position`. */
  argument(fn: AnyFunction, position: number): Proof {
    if (fn.type !== "ArrowFunctionExpression" && this.#code.scopeOf(fn)?.bindings.has("arguments") !== false) return undefined;
    const rest = fn.params.findIndex(({ type }) => type === "RestElement");
    if (rest >= 0 && rest <= position) return undefined;
    const parameter = fn.params[position];
    return parameter === undefined ? proven : this.#pattern(parameter);
  }

  #binding(binding: Binding | undefined): Proof {
    if (binding === undefined || this.#code.isSplit(binding)) return undefined;
    if (this.#seen.has(binding)) return proven;
    this.#seen.add(binding);
    return this.name(this.#code.usesOf(binding));
  }

  /** Of a pattern that the array is given to; elements are numbers, whatever they are taken apart into. */
  #pattern(pattern: Pattern): Proof {
    if (pattern.type === "Identifier") return this.#binding(this.#code.bindingOf(pattern));
    if (pattern.type === "AssignmentPattern") return this.#pattern(pattern.left);
    if (pattern.type === "ArrayPattern") return proven;
    if (pattern.type !== "ObjectPattern") return undefined;
    return provenIf(
      pattern.properties.every(
        (property) =>
          property.type === "RestElement" || (!property.computed && property.key.type === "Identifier" && sizes.has(property.key.name)),
      ),
    );
  }

  /** Of what becomes of the array where it is the value of `node`. */
  #value(node: AnyNode): Proof {
    const parent = this.#code.parentOf(node);
    switch (passage(node, this.#code)) {
      case "looked at":
        return proven;
      case "handed on":
        return parent && this.#value(parent);
      case "taken":
        return byType(this.#takers, parent, node);
    }
  }

  readonly #takers: ByType<[node: AnyNode], Proof> = {
    MemberExpression: (parent) => this.#member(parent),
    CallExpression: (parent, node) => (parent.callee === node ? undefined : this.#passed(node, parent)),
    NewExpression: ({ callee, arguments: [first] }, node) => provenIf(first === node) && this.#copied(callee),
    VariableDeclarator: ({ id }) => this.#pattern(id),
    AssignmentPattern: ({ left, right }, node) => provenIf(right === node) && this.#pattern(left),
    AssignmentExpression: (parent) => this.#assigned(parent),
    ReturnStatement: (parent) => this.#returned(this.#code.functionAround(parent)),
    ArrowFunctionExpression: (parent, node) => provenIf(parent.body === node) && this.#returned(parent),
    BinaryExpression: (parent, node) => provenIf(parent.left === node) && this.#global(parent.right, (name) => typedArrays.has(name)),
  };

  /** `[x, y] = array`, whose value is the array. */
  #assigned(parent: AssignmentExpression): Proof {
    const { operator, left } = parent;
    if (operator !== "=" || left.type !== "ArrayPattern") return undefined;
    return this.#value(parent);
  }

  /** From a local function, to whoever calls it. */
  #returned(fn: AnyFunction | undefined): Proof {
    if (fn === undefined || fn.async || fn.generator) return undefined;
    if (this.#seen.has(fn)) return proven;
    this.#seen.add(fn);
    return proveAll(this.#code.callsOf(fn) ?? [undefined], (call) => call && this.#value(call));
  }

  #member(member: MemberExpression): Proof {
    if (isTarget(member, this.#code)) return undefined;
    const name = propertyName(member);
    if (name === undefined) return member.computed && !isCalled(member, this.#code) ? this.#elements.at(member) : undefined;
    if (sizes.has(name)) return proven;
    const call = this.#code.parentOf(member);
    return call?.type === "CallExpression" && call.callee === member ? this.#method(name, call) : undefined;
  }

  #method(name: string, call: CallExpression): Proof {
    if (readers.has(name)) return proven;
    if (name === "subarray") return this.#value(call);
    const position = callers.get(name);
    return position === undefined ? undefined : this.#function(call.arguments[0], position);
  }

  /** Of an argument of a call. */
  #passed(node: AnyNode, { callee, arguments: args }: CallExpression): Proof {
    const position = args.findIndex((argument) => argument === node);
    return args.slice(0, position).some(({ type }) => type === "SpreadElement") ? undefined : this.#function(callee, position);
  }

  /** Of a function that gets the array. */
  #function(fn: AnyNode | undefined, position: number): Proof {
    if (isFunction(fn)) return this.argument(fn, position);
    if (fn?.type === "Identifier") return this.#named(fn, position);
    if (fn?.type === "MemberExpression") return this.#memberFunction(fn, position);
    return fn?.type === "SequenceExpression" ? this.#function(fn.expressions.at(-1), position) : undefined;
  }

  #named(callee: Identifier, position: number): Proof {
    const { name } = callee;
    const binding = this.#code.bindingOf(callee);
    const fn = binding && this.#code.functionOf(binding);
    // The name of the whole function may be that of the variable around it.
    if (binding === undefined || fn === this.#code.root) return [{ type: "reads", name, member: undefined, position }];
    return fn && this.argument(fn, position);
  }

  #memberFunction(callee: MemberExpression, position: number): Proof {
    const member = propertyName(callee);
    if (member === undefined) return undefined;
    if (member === "set" && position === 0) return this.#indices.typedArray(callee.object);
    const name = freeName(callee.object, this.#code);
    if (name === undefined) return undefined;
    return isReadingMember(name, member, position) ? [{ type: "global", name }] : [{ type: "reads", name, member, position }];
  }

  /** By the constructor of a class. */
  #copied(callee: AnyNode): Proof {
    return this.#global(callee, (name) => copyingClasses.has(name));
  }

  /** That a name means what the language means by it, if it is one of those known. */
  #global(node: AnyNode, isKnown: (name: string) => boolean): Proof {
    const name = freeName(node, this.#code);
    return name !== undefined && isKnown(name) ? [{ type: "global", name }] : undefined;
  }
}
