/** What the inspector tells, or the words for where there is none. */

import type { Settlement } from "../codec/encode/PromiseParts.ts";
import { renderPath, type Path } from "../codec/encode/Path.ts";
import { NotPortable } from "../errors/errors.ts";
import { lookAt, privateMembersOf, proxyTarget, settlementOf, type FunctionLook, type PrivateMember } from "../platform/inspector.ts";
import { InspectorAbsent } from "../platform/inspectorSession.ts";

/** Where there is no inspector. */
export const nowhere: Pick<FunctionLook, "scriptId" | "scopes" | "line" | "column"> = {
  scriptId: undefined,
  scopes: [],
  line: 0,
  column: 0,
};

/** What `tell` does, or what `otherwise` gives where there is no inspector. */
function orElse<T>(tell: () => T, otherwise: (absent: InspectorAbsent) => T): T {
  try {
    return tell();
  } catch (error) {
    if (error instanceof InspectorAbsent) return otherwise(error);
    throw error;
  }
}

function refuse(path: Path, what: string, advice: string, cause?: InspectorAbsent): never {
  throw new NotPortable(
    `${renderPath(path)}: ${what} can be read only with node:inspector, which is not available here (node --permission, Bun, Deno, or a build without it). ${advice}`,
    cause && { cause },
  );
}

/** `undefined`: there is no inspector, but what a function uses `isGiven`. */
export function lookOrRefuse(fn: Function, path: Path, isGiven: boolean): FunctionLook | undefined {
  const advice = "List what it uses: future(fn, { globals: { name, … } }), or { globals: false } when it uses nothing.";
  return orElse(
    () => lookAt(fn),
    (absent) => (isGiven ? undefined : refuse(path, "the variables of a function", advice, absent)),
  );
}

/** `undefined`: it is pending. */
export function settlementOrRefuse(promise: object, path: Path): Settlement | undefined {
  const advice = "Await it first, or capture it in a variable of its own, which is waited for.";
  return orElse(
    () => settlementOf(promise),
    (absent) => refuse(path, "whether a promise has settled", advice, absent),
  );
}

export function privatesOrRefuse(value: object, path: Path): readonly PrivateMember[] {
  return orElse(
    () => privateMembersOf(value),
    (absent) => refuse(path, "the #private fields of an instance", "Give what it holds as a plain object.", absent),
  );
}

/** A private static field of a class, with `#`. */
export function staticOrRefuse(look: FunctionLook | undefined, name: string, path: Path): unknown {
  if (look !== undefined) return look.privates.get(name);
  return refuse(path, `the private static field ${name}`, "Keep what it holds in a variable.");
}

/** `undefined`: it is none, or nobody can tell. */
export function targetOf(proxy: object): unknown {
  return orElse(
    () => proxyTarget(proxy),
    () => undefined,
  );
}
