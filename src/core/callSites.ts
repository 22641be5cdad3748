/**
 * Where futures are made. Finding that out takes two microseconds and a third of a future's memory, so of very many calls of one function in one
 * synchronous stretch of code only the first are looked at: once these come from one place, so do the others.
 */

import { captureCallSite, placeOf, type CallSite } from "../platform/callSite.ts";

/** After so many the place is taken for known. */
const enough = 64;
/** How many in a row must be the same: a loop may hold as many different calls. */
const alike = 4;

let fn: Function | undefined;
let sites: CallSite[] = [];
let known: CallSite | undefined;
let watching = false;

/** The call of `above` that makes a future of `given`. */
export function callSiteOf(given: Function, above: Function): CallSite {
  if (given !== fn) begin(given);
  if (known !== undefined) return known;
  const site = captureCallSite(above);
  if (sites.push(site) === enough) decide();
  return site;
}

function begin(given: Function): void {
  fn = given;
  sites = [];
  known = undefined;
  if (watching) return;
  watching = true;
  queueMicrotask(end);
}

/** Other code may run from here on. */
function end(): void {
  watching = false;
  fn = undefined;
  sites = [];
  known = undefined;
}

function decide(): void {
  const [first, ...others] = sites.slice(-alike).map(placeOf);
  if (first !== undefined && others.every((place) => place === first)) known = sites.at(-1);
  sites = [];
}
