/** What the inspector tells, or the words for where there is none. */

import type { Settlement } from "../codec/encode/PromiseParts.ts";
import { renderPath, type Path } from "../codec/encode/Path.ts";
import { NotPortable } from "../errors/errors.ts";
import { lookAt, settlementOf, type FunctionLook } from "../platform/inspector.ts";
import { InspectorAbsent } from "../platform/inspectorSession.ts";

/** `undefined`: there is no inspector, but what a function uses `isGiven`. */
export function lookOrRefuse(fn: Function, path: Path, isGiven: boolean): FunctionLook | undefined {
  try {
    return lookAt(fn);
  } catch (error) {
    if (!(error instanceof InspectorAbsent)) throw error;
    if (isGiven) return undefined;
    throw new NotPortable(
      `${renderPath(path)}: the variables of a function can be read only with node:inspector, which is not available here (node --permission, Bun, Deno, or a build without it). ` +
        "List what it uses: future(fn, { globals: { name, … } }), or { globals: false } when it uses nothing.",
      { cause: error },
    );
  }
}

/** `undefined`: it is pending. */
export function settlementOrRefuse(promise: object, path: Path): Settlement | undefined {
  try {
    return settlementOf(promise);
  } catch (error) {
    if (!(error instanceof InspectorAbsent)) throw error;
    throw new NotPortable(
      `${renderPath(path)}: whether a promise has settled can be read only with node:inspector, which is not available here. ` +
        "Await it first, or capture it in a variable of its own, which is waited for.",
      { cause: error },
    );
  }
}
