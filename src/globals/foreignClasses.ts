/** What came home and names modules that cannot be loaded here: it is refused, but errors are told all the same, without their classes. */

import type { Encoded, Special } from "../codec/Encoded.ts";
import { namesModule } from "../codec/namesModule.ts";
import { NotPortable } from "../errors/errors.ts";

/** Where a `scope` has its label. */
const labelAt = 7;

/** Whether this says that a module is not there, or not the same. */
export function isAbsence(error: unknown): boolean {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return error instanceof NotPortable || code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND";
}

/** The error of a value that needs such a module. */
export function absentModule(cause: unknown): NotPortable {
  if (cause instanceof NotPortable) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new NotPortable(
    `A value came home that needs a module which cannot be loaded here: ${why}. Install the package here too, or return plain data made of the value.`,
    { cause },
  );
}

/** The same value, its errors of modules' classes as plain ones with their names; `undefined`: none is, or its class is needed for more. */
export function withPlainErrors({ specials = [], ...body }: Encoded): Encoded | undefined {
  const changed = [...specials];
  for (const [at, special] of specials.entries()) {
    const owner = special[0] === "error" ? ownerOf(specials, special) : undefined;
    if (owner === undefined || isUsed(body, specials, [owner.index, special[3]])) continue;
    changed[owner.index] = owner.plain;
    changed[at] = withName(special, owner.name);
  }
  return changed.some((special, at) => special !== specials[at]) ? { ...body, specials: changed } : undefined;
}

interface Owner {
  readonly index: number;
  readonly name: string;
  /** What takes its place. */
  readonly plain: Special;
}

/** The special that names the class of an error, or its prototype. */
function ownerOf(specials: readonly Special[], error: Special): Owner | undefined {
  const prototype = specials[Number(error[3])];
  const isClass = prototype?.[0] === "prototype";
  const index = isClass ? Number(prototype[1]) : Number(error[3]);
  const special = specials[index];
  const [tag, , second, third] = special ?? [];
  const names = tag === "require" ? second : third;
  if (!namesModule(special) || !Array.isArray(names)) return undefined;
  const name: unknown = tag === "scope" ? names[labelAt] : names.at(-1);
  return { index, name: String(name).replace(/^the class /, ""), plain: ["intrinsic", isClass ? ["Error"] : ["Error", "prototype"]] };
}

/** Whether anything but errors refers to one of these specials. */
function isUsed({ fixups = [] }: Pick<Encoded, "fixups">, specials: readonly Special[], indices: readonly unknown[]): boolean {
  if (fixups.some((part, at) => at % 3 === 2 && indices.includes(part))) return true;
  return specials.some((special) => special[0] !== "error" && special[0] !== "prototype" && special.some((part) => indices.includes(part)));
}

/** Not enumerable, like those that classes give their errors. */
function withName(error: Special, name: string): Special {
  const [tag, base, stack, prototype, properties, ...rest] = error;
  const list: readonly unknown[] = Array.isArray(properties) ? properties : [];
  const hasName = list.some((part, at) => at % 4 === 0 && part === "name");
  return hasName ? error : [tag, base, stack, prototype, [...list, "name", 6, name, undefined], ...rest];
}
