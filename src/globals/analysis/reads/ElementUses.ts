/**
 * Reads of elements, `array[key]`. Reading cannot write, but a key that is the word "buffer" would hand out the memory:
 * either the key is an index, or the value is used in ways that make no difference between a number and an object.
 */

import type { AnyNode, AssignmentExpression, CallExpression, MemberExpression, VariableDeclarator } from "acorn";
import type { Binding } from "../Scope.ts";
import type { Code } from "./Code.ts";
import { proveAll, proven, type Proof } from "./Condition.ts";
import type { Indices } from "./Indices.ts";
import { freeName, passage, propertyName } from "./passage.ts";
import { isOfNumbers, numberFunctions } from "./vocabulary.ts";

export class ElementUses {
  readonly #code: Code;
  readonly #indices: Indices;
  readonly #seen = new Set<Binding>();

  constructor(code: Code, indices: Indices) {
    this.#code = code;
    this.#indices = indices;
  }

  /** Of a read that is neither a target nor called. */
  at(member: MemberExpression): Proof {
    if (isText(member.property)) return undefined;
    this.#seen.clear();
    return this.#value(member) ?? this.#indices.expression(member.property);
  }

  /** Of what becomes of the value: it is only looked at. */
  #value(node: AnyNode): Proof {
    const parent = this.#code.parentOf(node);
    switch (passage(node, this.#code)) {
      case "looked at":
        return proven;
      case "handed on":
        return parent && this.#value(parent);
      case "taken":
        return parent && this.#taken(node, parent);
    }
  }

  #taken(node: AnyNode, parent: AnyNode): Proof {
    if (parent.type === "VariableDeclarator") return this.#declared(parent);
    if (parent.type === "AssignmentExpression") return parent.right === node ? this.#assigned(parent) : undefined;
    return parent.type === "CallExpression" && parent.callee !== node ? this.#passed(parent) : undefined;
  }

  #declared({ id }: VariableDeclarator): Proof {
    return id.type === "Identifier" ? this.#binding(this.#code.bindingOf(id)) : undefined;
  }

  /** To a local variable, or to an element of a typed array, which makes a number of it. */
  #assigned(assignment: AssignmentExpression): Proof {
    const { operator, left } = assignment;
    if (operator !== "=") return undefined;
    const target = left.type === "Identifier" ? this.#binding(this.#code.bindingOf(left)) : this.#element(left);
    return target && this.#and(target, this.#value(assignment));
  }

  #element(target: AnyNode): Proof {
    if (target.type !== "MemberExpression" || !target.computed) return undefined;
    return this.#and(this.#indices.typedArray(target.object), this.#indices.expression(target.property));
  }

  #binding(binding: Binding | undefined): Proof {
    if (binding === undefined || binding.kind === "param") return undefined; // which `arguments` may show, too
    if (this.#seen.has(binding)) return proven;
    this.#seen.add(binding);
    return proveAll(this.#code.usesOf(binding), ({ node, use }) => (use === "read" ? this.#value(node) : proven));
  }

  /** To functions that make a number of it. */
  #passed({ callee }: CallExpression): Proof {
    const isMember = callee.type === "MemberExpression";
    const name = freeName(isMember ? callee.object : callee, this.#code);
    if (name === undefined) return undefined;
    const isKnown = isMember ? isOfNumbers(name, propertyName(callee) ?? "") : numberFunctions.has(name);
    return isKnown ? [{ type: "global", name }] : undefined;
  }

  #and(one: Proof, other: Proof): Proof {
    return proveAll([one, other], (proof) => proof);
  }
}

/** Whether a key is obviously a text. */
function isText(key: AnyNode): boolean {
  if (key.type === "TemplateLiteral") return true;
  if (key.type === "BinaryExpression" && key.operator === "+") return isText(key.left) || isText(key.right);
  return key.type === "Literal" && typeof key.value === "string";
}
