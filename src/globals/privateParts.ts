/** The `#private` state of an instance, as the inspector tells it, sorted by the classes that gave it. */

import type { Encoder } from "../codec/encode/Encoder.ts";
import type { PrivatePart } from "../codec/encode/EncoderHooks.ts";
import { classesOf, isNativeText, textOf } from "../codec/encode/objects.ts";
import type { Path } from "../codec/encode/Path.ts";
import { refusePrivates } from "../codec/encode/refusals.ts";
import { intrinsicPath } from "../codec/intrinsics.ts";
import type { PrivateMember } from "../platform/inspector.ts";
import { analyseFunction } from "./analysis/analyseFunction.ts";
import type { PrivateFacts } from "./analysis/privateFacts.ts";
import { accessorsOf } from "./insider.ts";
import { privatesOrRefuse } from "./lookOrRefuse.ts";

interface Owner {
  readonly owner: Function;
  readonly facts: PrivateFacts;
}

/** `undefined`: none of its classes gives any. */
export function privateParts(encoder: Encoder, value: object, path: Path): readonly PrivatePart[] | undefined {
  const owners = [...classesOf(value)].flatMap(ownerOf).reverse();
  const [first] = owners;
  if (first === undefined) return undefined;
  const members = privatesOrRefuse(value, path);
  const parts = sort(
    members,
    owners.filter(({ owner, facts }) => (facts.fields.length > 0 ? members.length > 0 : hasMethods(owner, facts, value))),
  );
  if (parts === undefined) return refusePrivates(encoder, first.owner, path, "unfinished");
  const closed = owners.find(({ facts }) => facts.ownConstructor?.isCallable === false);
  return closed === undefined ? parts : refusePrivates(encoder, closed.owner, path, "parameters");
}

/** A class, if its instances have private state. Those of the platform hide theirs from the inspector. */
function ownerOf(owner: Function): Owner[] {
  const text = textOf(owner);
  if (!text.includes("#") || isNativeText(text) || intrinsicPath(owner) !== undefined) return [];
  const facts = analyseFunction(text, true).classFacts?.privates;
  return facts === undefined ? [] : [{ owner, facts }];
}

/** Of a class without fields the inspector may tell nothing. If nobody can be asked, nobody can tell the difference either. */
function hasMethods(owner: Function, facts: PrivateFacts, value: object): boolean {
  const [read] = accessorsOf(owner, facts) ?? [];
  return read === undefined || read(value) !== undefined;
}

/** Classes give their names one after the other, methods first; `undefined`: something is missing, or comes from elsewhere. */
function sort(members: readonly PrivateMember[], owners: readonly Owner[]): readonly PrivatePart[] | undefined {
  const parts: PrivatePart[] = [];
  let at = 0;
  for (const { owner, facts } of owners) {
    for (let member = members[at]; member?.isMethod === true && facts.names.includes(member.name); member = members[at]) at += 1;
    const values: unknown[] = [];
    for (const name of facts.fields) {
      const member = members[at];
      if (member === undefined || member.isMethod || member.name !== name) return undefined;
      values.push(member.value);
      at += 1;
    }
    parts.push({ owner, isBase: !facts.isDerived, names: facts.fields, values });
  }
  return at === members.length ? parts : undefined;
}
