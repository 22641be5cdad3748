/** What ties a function to its place besides its variables: `arguments`, the parent class, computed keys, `super`. For `this` see `lexicalSelves`. */

import type { Ties } from "../codec/decode/decodeFunction.ts";
import type { Encoder } from "../codec/encode/Encoder.ts";
import { dataProperty, nameOf } from "../codec/encode/objects.ts";
import type { Path } from "../codec/encode/Path.ts";
import type { ScopeFrame } from "../platform/inspector.ts";
import { currentSession } from "../session/currentSession.ts";
import type { FunctionFacts } from "./analysis/analyseFunction.ts";
import type { Parts } from "./Parts.ts";
import { fieldKey, keyIn, memberKey } from "./computedKeys.ts";
import type { Site } from "./Site.ts";

/** A function with its place; `index` is its special. */
export interface Placed {
  readonly fn: Function;
  readonly index: number;
  readonly site: Site;
  readonly scopes: readonly ScopeFrame[];
  readonly path: Path;
  /** The object that it was found in. */
  readonly holder: object | undefined;
  /** Objects of which only a part is to travel. */
  readonly parts: Parts | undefined;
}

/** `undefined`: nothing. */
export function tiesOf(encoder: Encoder, placed: Placed): Ties | undefined {
  const { facts, originalFacts } = placed.site;
  if (!canBeTied(facts, originalFacts)) return undefined;
  refuseTies(encoder, placed);
  const ties: Ties = {
    ...(originalFacts.classFacts?.heritage !== undefined && { heritage: parentClass(encoder, placed) }),
    ...(facts.usesSuper && facts.wrap === "objectMember" && { holder: homeObject(encoder, placed) }),
    ...computedKeys(encoder, placed),
    ...(facts.form === "arrow" && facts.usesArguments && { args: lexicalArguments(encoder, placed) }),
  };
  return Object.keys(ties).length === 0 ? undefined : ties;
}

/** Most functions are not, and each capture asks. */
function canBeTied(facts: FunctionFacts, originalFacts: FunctionFacts): boolean {
  const { usesSuper, usesArguments, undeclaredPrivate, wrap } = facts;
  return usesSuper || usesArguments || undeclaredPrivate.length > 0 || wrap === "classMember" || hasExpressions(originalFacts);
}

/** Whether its text has expressions that were evaluated when the function was made. */
function hasExpressions({ key, classFacts }: FunctionFacts): boolean {
  return key?.computed === true || (classFacts !== undefined && (classFacts.heritage !== undefined || classFacts.computedKeys.length > 0));
}

/** Code that uses private names of a class around it. */
function refuseMember(encoder: Encoder, { facts, script }: Site, path: Path): never {
  const name = facts.undeclaredPrivate[0] ?? facts.key?.name?.slice(1) ?? "";
  const advice =
    script?.inPackage === true
      ? "Call it inside the future, through an instance of that class that is made there, or once per worker with workerLocal(() => …)."
      : `Put what uses #${name} into a method of the class and call that, as in (x) => this.method(x): instances travel with their private state.`;
  return encoder.refuse(path, `it belongs to the class that declares #${name}`, advice);
}

function refuseTies(encoder: Encoder, { site, path }: Placed): void {
  const { facts } = site;
  if (facts.undeclaredPrivate.length > 0 || facts.wrap === "classMember") refuseMember(encoder, site, path);
  if (facts.form === "arrow" && facts.usesSuper)
    encoder.refuse(
      path,
      "an arrow function that uses super cannot leave its method",
      "Give the class a method that does it, (parentOf(x) { return super.of(x); }), and call that: this.parentOf(x).",
    );
}

function parentClass(encoder: Encoder, { fn, index, path }: Placed): unknown {
  const prototype = fn.prototype as object; // classes have one
  if (Object.getPrototypeOf(prototype) === null) return [null];
  return encoder.refFor(index, Object.getPrototypeOf(fn), { up: path, name: "extends" });
}

/** A method with `super` looks names up in the parent of the object it was written in. */
function homeObject(encoder: Encoder, { index, path, holder }: Placed): unknown {
  if (holder === undefined)
    encoder.refuse(path, "a method that uses super cannot leave its object", "Capture the object and call the method on it.");
  return encoder.refFor(index, holder, { up: path, name: "super" });
}

/** Two functions that see one `arguments` object would get one each. */
function lexicalArguments(encoder: Encoder, { index, scopes, path }: Placed): readonly unknown[] {
  const frame = scopes.find(({ object }) => "arguments" in object);
  if (frame === undefined)
    encoder.refuse(
      path,
      "an arrow function that uses the arguments around it cannot be taken from there without an inspector",
      "Copy them into an array first.",
    );
  const given = frame.object["arguments"] as object; // an arguments object
  if (encoder.claimed.has(given)) encoder.refuse(path, "two functions use the arguments of one call", "Copy them into an array first.");
  encoder.claimed.add(given);
  const length = Number(dataProperty(given, "length"));
  return Array.from({ length }, (_, at) =>
    encoder.refFor(index, dataProperty(given, at), { up: path, name: `arguments[${at}]`, variable: true }),
  );
}

function computedKeys(encoder: Encoder, placed: Placed): { readonly keys?: readonly unknown[] } {
  const { fn, index, site, path, holder } = placed;
  const { originalFacts } = site;
  if (originalFacts.key?.computed === true) {
    const key = (holder && keyIn(holder, fn)) ?? nameOf(fn).replace(originalFacts.form === "method" ? "" : /^[gs]et /, "");
    return { keys: [encoder.refFor(index, key, path)] };
  }
  const ranges = originalFacts.classFacts?.computedKeys ?? [];
  if (ranges.length === 0) return {};
  const known = currentSession().keys.get(fn); // of one that was rebuilt here, whose text has names that the receiver gave them
  const keys = ranges.map((range, at) => {
    const found = known === undefined ? (memberKey(fn, site, range) ?? fieldKey(placed, range)) : known[at];
    if (found !== undefined) return encoder.refFor(index, found, path);
    const what = `the computed key [${site.original.slice(range.start, range.end)}] of class ${nameOf(fn)} cannot be read`;
    return encoder.refuse(path, what, 'Give the field a fixed name, or name the class\'s module: { modules: ["./it.js"] }.');
  });
  return { keys };
}
