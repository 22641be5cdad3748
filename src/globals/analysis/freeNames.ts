/** Sums up the uses of each free name: what happens to it, where it stands, and which of its properties are read. */

import type { Place, Range, Reference } from "./Scope.ts";

/** One occurrence; offsets are in the text that was analysed. */
export interface FreePosition extends Range {
  readonly kind: Place;
}

/** All uses of one name that a function does not declare itself. */
export interface FreeName {
  /** Its value is used somewhere, be it by `typeof`. */
  readonly reads: boolean;
  /** Something gives it a new value: assignment, `++`, a destructuring target, the head of a loop. */
  readonly assigned: boolean;
  /** Every use is `typeof name`, which an absent variable survives. */
  readonly typeofOnly: boolean;
  /** The properties read, if reading properties known by name (or calling them) is all that is done with it. */
  readonly members: readonly string[] | undefined;
  readonly positions: readonly FreePosition[];
}

/** Groups references by name, in the order of first use. */
export function freeNames(references: readonly Reference[]): Map<string, FreeName> {
  const groups = new Map<string, Reference[]>();
  for (const reference of references) {
    const group = groups.get(reference.name);
    if (group === undefined) groups.set(reference.name, [reference]);
    else group.push(reference);
  }
  return new Map([...groups].map(([name, group]) => [name, sumUp(group)]));
}

/** Sums up the uses of one name. */
export function sumUp(references: readonly Reference[]): FreeName {
  return {
    reads: references.some(({ use }) => use !== "write"),
    assigned: references.some(({ use }) => use === "write" || use === "update"),
    typeofOnly: references.every(({ use }) => use === "typeof"),
    members: membersOf(references),
    positions: references.map(({ start, end, place }) => ({ start, end, kind: place })),
  };
}

function membersOf(references: readonly Reference[]): readonly string[] | undefined {
  const all = new Set<string>();
  for (const { members } of references) {
    if (members === undefined) return undefined;
    for (const member of members) all.add(member);
  }
  return [...all];
}
