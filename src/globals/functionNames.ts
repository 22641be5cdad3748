/** Names of function expressions in a script: what such a name means no scope shows. */

import { expressionNames } from "./analysis/expressionNames.ts";
import type { Script } from "./Script.ts";
import type { Site } from "./Site.ts";

const namesByScript = new WeakMap<Script, ReadonlySet<string>>();

/** Names of function expressions anywhere in the script, which is all that most code costs. */
export function possibleNames({ script, original }: Site): ReadonlySet<string> {
  if (script === undefined) return none;
  let names = namesByScript.get(script);
  if (names === undefined) {
    names = expressionNames(script.textWith(original));
    namesByScript.set(script, names);
  }
  return names;
}

const none: ReadonlySet<string> = new Set();
