/**
 * `Math.random` that futures with seeds feed from their streams. One function stands there for good, from before packages are
 * loaded, so that what takes it then is fed as well. While no such future runs it costs a comparison; it passes for the intrinsic.
 */

import { currentSession } from "../session/currentSession.ts";
import type { Draw, Feeder } from "../session/Session.ts";

type Random = () => number;

interface Realm {
  readonly Math: { random: Random };
  readonly Function: { readonly prototype: object };
}

/** One to a realm, whichever copy of the package, in whichever realm, put it there. */
const key: unique symbol = Symbol.for("futureplan/feeder");

/** From now on futures of this session feed `Math.random` of that realm. */
export function feedMathRandom(realm: Realm & { [key]?: Feeder }): void {
  const feeder = realm[key] ?? install(realm);
  if (realm[key] === undefined) Object.defineProperty(realm, key, { value: feeder });
  currentSession().feeders.add(feeder);
}

function install({ Math, Function: { prototype } }: Realm): Feeder {
  const native = Math.random;
  const draws: Draw[] = [];
  let replaced = native;
  let isAsking = false;
  let active = 0;
  let seeded = 0;
  const ask = (): number => (active === 0 ? native() : (drawn(draws, ask) ?? native()));
  const fed = disguise(ask, prototype);
  /** Stands in place of what a test or a package has put there; a spy may call what it found, and that may be this. */
  const askFirst = (): number => {
    const number = drawn(draws, askFirst);
    if (number !== undefined) return number;
    if (isAsking) return native();
    isAsking = true;
    try {
      return replaced();
    } finally {
      isAsking = false;
    }
  };
  const standIn = disguise(askFirst, prototype);
  // Not under --frozen-intrinsics; there the first future with a seed fails.
  Reflect.defineProperty(Math, "random", { value: fed, writable: true, configurable: true, enumerable: false });
  return {
    functions: [fed, standIn, native],
    enter(draw, isSeeded) {
      if (isSeeded && seeded === 0 && Math.random !== fed) {
        replaced = Math.random;
        Math.random = standIn;
      }
      if (isSeeded) seeded++;
      draws.push(draw);
      active++;
    },
    leave(draw, isSeeded) {
      draws.splice(draws.indexOf(draw), 1);
      active--;
      if (isSeeded) seeded--;
      if (seeded === 0 && Math.random === standIn) Math.random = replaced;
    },
  };
}

/** Bound functions show no source. */
function disguise(ask: Random, prototype: object): Random {
  const random: Random = ask.bind(undefined);
  Object.defineProperty(random, "name", { value: "random", configurable: true });
  Object.setPrototypeOf(random, prototype);
  return random;
}

function drawn(draws: readonly Draw[], above: Function): number | undefined {
  for (let at = 0; at < draws.length; at++) {
    const number = draws[at]?.(above);
    if (number !== undefined) return number;
  }
  return undefined;
}

feedMathRandom(globalThis);
