/**
 * Proves that expressions are indices. Variables and local functions may depend on each other in circles, so at first
 * all are assumed to hold indices, and those that do not under this assumption are taken out until nothing changes.
 */

import type { AnyNode } from "acorn";
import type { AnyFunction } from "../functions.ts";
import type { Binding } from "../Scope.ts";
import type { Code } from "./Code.ts";
import type { Condition, Proof } from "./Condition.ts";
import { looksLikeIndex } from "./evidence.ts";
import { isIndex, isTyped, type Assumptions } from "./judgeIndex.ts";
import { holdsIndices } from "./origins.ts";

type Judge = (given: Assumptions) => boolean;

export class Indices {
  readonly #code: Code;
  readonly #failed = new Set<Binding | AnyFunction>();
  /** Free names are what they should be: that becomes a condition. */
  readonly #optimist: Assumptions;

  constructor(code: Code) {
    this.#code = code;
    const holds = (one: Binding | AnyFunction): boolean => !this.#failed.has(one);
    this.#optimist = { code, binding: holds, results: holds, condition: () => true };
    while (this.#refute());
  }

  expression(node: AnyNode): Proof {
    return this.#prove((given) => isIndex(node, given));
  }

  /** That an expression is a typed array. */
  typedArray(node: AnyNode): Proof {
    return this.#prove((given) => isTyped(node, given));
  }

  /** Of what a function of this text gives back. */
  results(fn: AnyFunction): Proof {
    return this.#prove((given) => given.results(fn));
  }

  /** Takes out what does not hold; whether there was any. */
  #refute(): boolean {
    const { bindings, functions } = this.#code;
    const before = this.#failed.size;
    for (const binding of bindings) if (!isNumeric(binding, this.#optimist)) this.#failed.add(binding);
    for (const fn of functions) if (!givesIndices(fn, this.#optimist)) this.#failed.add(fn);
    return this.#failed.size > before;
  }

  #prove(judge: Judge): Proof {
    if (!judge(this.#optimist)) return undefined;
    const conditions: Condition[] = [];
    judge(this.#collector(conditions));
    return conditions;
  }

  /** Assumes the same, and notes on which conditions, down through everything that the proof rests on. */
  #collector(conditions: Condition[]): Assumptions {
    const seen = new Set<Binding | AnyFunction>();
    const once = (one: Binding | AnyFunction, judge: () => boolean): boolean => {
      if (this.#failed.has(one)) return false;
      if (!seen.has(one)) {
        seen.add(one);
        judge();
      }
      return true;
    };
    const given: Assumptions = {
      code: this.#code,
      binding: (binding) => once(binding, () => (looksLikeIndex(binding, this.#optimist) ? looksLikeIndex : holdsIndices)(binding, given)),
      results: (fn) => once(fn, () => givesIndices(fn, given)),
      condition: (condition) => conditions.push(condition) > 0,
    };
    return given;
  }
}

function isNumeric(binding: Binding, given: Assumptions): boolean {
  return holdsIndices(binding, given) || looksLikeIndex(binding, given);
}

function givesIndices(fn: AnyFunction, given: Assumptions): boolean {
  if (fn.async || fn.generator) return false;
  if (fn.body.type !== "BlockStatement") return isIndex(fn.body, given);
  return given.code.returnsOf(fn).every(({ argument }) => !argument || isIndex(argument, given));
}
