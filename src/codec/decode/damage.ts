/**
 * What is wrong with an encoded value that was not made by an `Encoder`, or not left as it was: found before or while it is rebuilt, and
 * told as `ProtocolMismatch`. What the user's own code throws meanwhile, and what merely does not exist here, is no damage.
 */

import { ProtocolMismatch } from "../../errors/errors.ts";
import type { Encoded } from "../Encoded.ts";
import { hasOwn } from "../reflection.ts";

/** Something that the value refers to by its name does not exist in this process. */
export class Missing extends TypeError {}

/** The error of a value that cannot be rebuilt. */
export function damagedValue(cause: unknown): ProtocolMismatch {
  const what = cause instanceof Error ? cause.message : "an unknown part";
  return new ProtocolMismatch(
    `A value that came over a channel is damaged and cannot be rebuilt: ${what}. Make sure that both ends run the same version of futureplan.`,
    { cause },
  );
}

export function assertWhole(isWhole: boolean, what: string): asserts isWhole {
  if (!isWhole) throw new RangeError(what);
}

// Parts of tuples that the language would otherwise make texts or numbers of, for lists that lie about their length in hours.

export function text(part: unknown): string {
  assertWhole(typeof part === "string", "something in place of a text");
  return part;
}

export function number(part: unknown): number {
  assertWhole(typeof part === "number", "something in place of a number");
  return part;
}

export function texts(part: unknown): readonly string[] {
  assertWhole(Array.isArray(part), "something in place of a list");
  checkList(part);
  return part.map(text);
}

export function propertyKey(part: unknown): PropertyKey {
  assertWhole(typeof part === "string" || typeof part === "symbol" || typeof part === "number", "something in place of a key");
  return part;
}

/** What constructors of the platform take: plain values, flat objects of them, and lists of lists. */
export function isArgument(part: unknown, depth: number = 0): boolean {
  if (typeof part !== "object" || part === null) return true;
  if (depth > 2) return false;
  checkList(part);
  return Object.values(part).every((inner) => isArgument(inner, depth + 1));
}

/** Throws when a list claims items that it does not have: to go through them would take for ever. */
export function checkLists({ specials = [], fixups, fills = [], late }: Encoded): void {
  for (const list of [specials, fixups, fills, late]) checkList(list);
  for (const part of fills) checkList(part);
  for (const special of specials) {
    for (const part of special) checkList(part);
    if (special[0] === "function") checkExtras(special);
  }
}

function checkExtras([, , , , extras, ties]: readonly unknown[]): void {
  const { properties, deleted, prototype } = fieldsIn(extras);
  const { keys, args } = fieldsIn(ties);
  const inner = fieldsIn(prototype);
  for (const list of [properties, deleted, inner["properties"], inner["deleted"], keys, args]) checkList(list);
}

function fieldsIn(part: unknown): Readonly<Record<string, unknown>> {
  return typeof part === "object" && part !== null ? { ...part } : {};
}

/** A list with few items and a great length has none at most places; looked at are the last, and those half as far, and so on. */
function checkList(list: unknown): void {
  if (!Array.isArray(list)) return;
  for (let at = list.length; at > 0; at >>>= 1) assertWhole(hasOwn(list, at - 1), `a list claims ${list.length} items`);
}
