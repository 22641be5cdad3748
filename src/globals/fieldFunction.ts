/**
 * Arrow functions that use `#private` names and are fields of an instance (`onClick = () => this.#count++`): the receiver's class makes
 * them with the instance.
 */

import type { Encoder } from "../codec/encode/Encoder.ts";
import { textOf } from "../codec/encode/objects.ts";
import type { Path } from "../codec/encode/Path.ts";
import { lookAt, type ScopeFrame } from "../platform/inspector.ts";
import { lexicalThis } from "../platform/probe.ts";
import { scriptOf } from "./Script.ts";
import { offsetOf, siteOf, type Site } from "./Site.ts";
import { stoppableOf } from "./stoppableOf.ts";

interface Given {
  readonly fn: Function;
  readonly site: Site;
  readonly scopes: readonly ScopeFrame[];
  readonly path: Path;
}

/** `["field", instance, class, key of a public field, or position of a private one]`; `undefined`: it is no such function. */
export function encodeFieldFunction(encoder: Encoder, { fn, site, scopes, path }: Given): number | undefined {
  const { form, undeclaredPrivate, usesThis } = site.facts;
  if (form !== "arrow" || undeclaredPrivate.length === 0 || !usesThis) return undefined;
  const given = stoppableOf({ fn, site, scopes });
  const self = given && lexicalThis(given);
  if (typeof self !== "object" || self === null) return undefined;
  const parts = encoder.hooks.privates(encoder, self, path) ?? [];
  for (const { owner, names, values } of parts) {
    const key = keyOf(owner, { fn, site }, self, { names, values });
    if (key === undefined) continue;
    const index = encoder.special(["field"], fn);
    encoder.replace(index, ["field", encoder.refFor(index, self, { up: path, name: "this" }), encoder.refFor(index, owner, path), key]);
    return index;
  }
  return undefined;
}

interface Fields {
  readonly names: readonly string[];
  readonly values: readonly unknown[];
}

/** The field of `self`, declared by `owner`, that has `fn` by the text that stands there. */
function keyOf(
  owner: Function,
  { fn, site }: Pick<Given, "fn" | "site">,
  self: object,
  { names, values }: Fields,
): string | number | undefined {
  const { scriptId, scopes, line, column } = lookAt(owner);
  if (scriptId === undefined || scriptId !== site.script?.id) return undefined;
  const home = siteOf({ fn: owner, text: textOf(owner), script: scriptOf(scriptId), scopes, line, column });
  const at = offsetOf(site) - offsetOf(home);
  const field = home.originalFacts.classFacts?.privates?.functions.find(({ start }) => start === at);
  if (field === undefined) return undefined;
  const position = names.indexOf(field.key);
  if (position >= 0) return values[position] === fn ? position : undefined;
  return Object.getOwnPropertyDescriptor(self, field.key)?.value === fn ? field.key : undefined;
}
