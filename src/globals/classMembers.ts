/** Which properties of a class and its prototype its text gives again, so that they need not travel. */

import { textOf } from "../codec/encode/objects.ts";
import { accessor, configurable, flagsOf, writable } from "../codec/properties.ts";
import { keepsInitialiser } from "./placeEdits.ts";
import type { Site } from "./Site.ts";

/** Whether a property is a method or accessor of the class's own text; `"attributes"`: it is, but with other attributes. */
export function memberOf(site: Site, key: PropertyKey, descriptor: PropertyDescriptor, isStatic: boolean): boolean | "attributes" {
  const parts: unknown[] = [descriptor.value, descriptor.get, descriptor.set].filter((part) => part !== undefined);
  const candidates = (site.originalFacts.classFacts?.members ?? []).filter(
    (member) => member.static === isStatic && (member.key === undefined || member.key === key),
  );
  const isOwn =
    parts.length > 0 &&
    parts.every(
      (part) =>
        typeof part === "function" && candidates.some(({ range }) => site.original.slice(range.start, range.end).endsWith(textOf(part))),
    );
  if (!isOwn) return false;
  return flagsOf(descriptor) === ("value" in descriptor ? writable | configurable : configurable | accessor) ? true : "attributes";
}

/** Whether a static field keeps its initialiser: a function that can only be made inside the class. */
export function isKeptStatic({ original, originalFacts }: Site, key: PropertyKey, { value }: PropertyDescriptor): boolean {
  if (typeof value !== "function") return false;
  return (originalFacts.classFacts?.statics ?? []).some(
    (part) =>
      part.type === "field" &&
      part.key === key &&
      part.value !== undefined &&
      keepsInitialiser(original, part) &&
      original.slice(part.value.start, part.value.end) === textOf(value),
  );
}

/** Names that evaluating the text gives and that are no longer there. */
export function missingMembers(site: Site, holder: object, isStatic: boolean): readonly string[] {
  const parts = site.originalFacts.classFacts;
  const members = (parts?.members ?? []).filter((member) => member.static === isStatic).map(({ key }) => key);
  const fields = isStatic ? (parts?.statics ?? []).map((part) => (part.type === "field" && !part.private ? part.key : undefined)) : [];
  return [...members, ...fields].filter((key): key is string => key !== undefined && !Object.hasOwn(holder, key));
}
