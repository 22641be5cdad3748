/** Where a call was made, for about a microsecond: V8 keeps the frame and formats it only when somebody asks. */

import { pathToFileURL } from "node:url";

export interface CallSite {
  readonly stack?: string;
}

/** V8 hangs a stack on instances of a class in two thirds of the time that it needs for objects from literals. */
class Site implements CallSite {
  declare readonly stack?: string;
}

/** The frame that called `above` (a function on the stack, whose own callers' text is not kept). */
export function captureCallSite(above: Function): CallSite {
  const site = new Site();
  if (Object.isFrozen(Error)) {
    // Under --frozen-intrinsics the limit cannot be lowered.
    Error.captureStackTrace(site, above);
    return site;
  }
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  Error.captureStackTrace(site, above);
  Error.stackTraceLimit = limit;
  return site;
}

/** `file:///….ts:12:15`, mapped to the source where Node maps stacks; `undefined` when V8 knows no frame. */
export function placeOf(site: CallSite): string | undefined {
  const frame = site.stack?.split("\n").find((line) => /^\s+at /.test(line));
  if (frame === undefined) return undefined;
  const place = /\(([^()]*:\d+:\d+)\)$/.exec(frame)?.[1] ?? /at (?:async )?(.*:\d+:\d+)$/.exec(frame)?.[1];
  if (place === undefined) return undefined;
  return /^(\/|[A-Za-z]:[\\/])/.test(place) ? asUrl(place) : place;
}

/** The URL of the file of a place, such as `placeOf` gives. */
export function fileOf(place: string): string {
  return place.replace(/:\d+:\d+$/, "");
}

/** CommonJS frames and some loaders name paths. */
function asUrl(place: string): string {
  const path = fileOf(place);
  return `${pathToFileURL(path).href}${place.slice(path.length)}`;
}
