/**
 * A random number that a future without a seed drew: who drew it, as one stack tells, and what becomes of it. To be
 * asked at the first draw only.
 */

import { hasUnitsOf } from "../codec/decode/units.ts";
import { isPending, types } from "../codec/reflection.ts";
import { RngMisuse } from "../errors/errors.ts";
import type { RngWatch } from "../protocol/messages.ts";
import { currentSession } from "../session/currentSession.ts";

/** Frames that are looked through for the first one in a file: between it and the draw stand `Array.from` and its like. */
const deep = 10;

/** `url:line:column` of the draw, an error where the future is to fail, or `undefined`: it does not matter. */
export function drawnWithoutSeed(watch: RngWatch, label: string | undefined, above: Function): string | RngMisuse | undefined {
  if (watch === "error")
    return new RngMisuse(
      'Random numbers were drawn without a seed: this value cannot be had again. Set the option "seed", or rngMisuse: "ignore" of the plan.',
      { label },
    );
  const frame = callerOf(above);
  const file = frame?.getFileName() ?? "";
  if (watch === "own" && !hasUnitsOf(file)) return undefined;
  return frame === undefined ? "" : `${file}:${frame.getLineNumber() ?? 0}:${frame.getColumnNumber() ?? 0}`;
}

/** Whether a resource is being made here, which draws for itself. */
export function isMaking(): boolean {
  const { unwatched } = currentSession();
  for (const one of unwatched) {
    if (!types.isPromise(one) || isPending(one)) return true;
    unwatched.delete(one);
  }
  return false;
}

/** As V8 knows it, whatever source maps or the user's code make of stacks. */
function callerOf(above: Function): NodeJS.CallSite | undefined {
  const { prepareStackTrace, stackTraceLimit } = Error;
  let frames: readonly NodeJS.CallSite[] = [];
  Error.stackTraceLimit = deep;
  Error.prepareStackTrace = (_, sites) => (frames = sites);
  try {
    const holder: { readonly stack?: unknown } = {};
    Error.captureStackTrace(holder, above);
    void holder.stack; // made when it is read
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = prepareStackTrace;
  }
  return frames.find((frame) => typeof frame.getFileName() === "string");
}
