/**
 * What the text alone cannot tell: a text only reads an array *if* the names that it takes from outside are what
 * they seem to be. `ArrayReads` looks at their values.
 */

/**
 * `global`: the name means what the language means by it · `reads`: it is a function that only reads its argument at
 * `position` · `returns`: it is a function that returns indices (see `judgeIndex`) · `index`: it is one · `typedArray`: it
 * is one. With a `member`, the function is what a module exports by that name, and the name is the module's namespace.
 */
export type Condition =
  | { readonly type: "global"; readonly name: string }
  | { readonly type: "reads"; readonly name: string; readonly member: string | undefined; readonly position: number }
  | { readonly type: "returns"; readonly name: string; readonly member: string | undefined }
  | { readonly type: "index"; readonly name: string }
  | { readonly type: "typedArray"; readonly name: string };

/** Under which conditions something holds; `undefined`: it does not. */
export type Proof = readonly Condition[] | undefined;

export const proven: Proof = [];

export function provenIf(holds: boolean): Proof {
  return holds ? proven : undefined;
}

/** Holds if every one holds. */
export function proveAll<T>(items: Iterable<T>, prove: (item: T) => Proof): Proof {
  const conditions: Condition[] = [];
  for (const item of items) {
    const proof = prove(item);
    if (proof === undefined) return undefined;
    conditions.push(...proof);
  }
  return conditions;
}
