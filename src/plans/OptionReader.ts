/**
 * Reads an options object once, at the door: each option by a rule, then `done` refuses what nobody asked for.
 * The error is the caller's (`PlanInvalid`, `OptionInvalid`); this file only knows what to say.
 */

import { describeKind, describeValue, optionText, unknownOptionText } from "../errors/words.ts";

/** What a value must be. `expected` completes "… must be". */
export interface Rule<T> {
  readonly expected: string;
  /** What came may be a secret or data of the user's, of which messages tell only the kind. */
  readonly mayBeSecret?: true;
  accepts(value: unknown): value is T;
}

export class OptionReader {
  readonly #given: ReadonlyMap<string, unknown>;
  readonly #known = new Set<string>();
  readonly #where: string;
  readonly #refuse: (message: string) => Error;

  /** `where` says whose options these are, such as `multicore()`. */
  constructor(input: unknown, where: string, refuse: (message: string) => Error) {
    this.#where = where;
    this.#refuse = refuse;
    if (input !== undefined && (typeof input !== "object" || input === null || Array.isArray(input))) {
      throw refuse(`The options of ${where} must be an object, not ${describeKind(input)}.`);
    }
    this.#given = new Map(Object.entries(input ?? {}));
  }

  /** The value of an option; `undefined` and absent mean `fallback`. */
  read<T, D>(name: string, rule: Rule<T>, fallback: D): T | D {
    this.#known.add(name);
    const value = this.#given.get(name);
    if (value === undefined) return fallback;
    if (!rule.accepts(value))
      throw this.#refuse(optionText(this.#where, name, rule.expected, value, rule.mayBeSecret === true ? describeKind : describeValue));
    return value;
  }

  /** Refuses options that nobody has read. */
  done(): void {
    for (const name of this.#given.keys()) {
      if (!this.#known.has(name)) throw this.#refuse(unknownOptionText(this.#where, name, [...this.#known]));
    }
  }
}
