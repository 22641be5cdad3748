/**
 * How classes of home's own, which are what they are, give instances that come home their `#private` state: by their constructors,
 * called up to where the fields are initialised. That this runs no code of the user's, `classPrivates` has seen to.
 */

import { brandBy, type Branding } from "../codec/decode/decodePrivate.ts";
import { textOf } from "../codec/encode/objects.ts";
import { NotPortable } from "../errors/errors.ts";
import { constructUntil, type Place, type Stopped } from "../platform/constructorProbe.ts";
import { lookAt } from "../platform/inspector.ts";
import type { PrivateAccess } from "../session/Session.ts";
import type { PrivateFacts } from "./analysis/privateFacts.ts";
import { classPrivates } from "./classPrivates.ts";
import { accessorsOf, accessorTexts, type Accessors } from "./insider.ts";
import { scriptOf } from "./Script.ts";
import { offsetOf, siteOf, type Site } from "./Site.ts";

const known = new WeakMap<Function, PrivateAccess>();

/** Throws `NotPortable` for a class whose instances home cannot make. */
export function homeAccess(constructor: Function): PrivateAccess {
  let access = known.get(constructor);
  if (access === undefined) {
    access = makeAccess(constructor);
    known.set(constructor, access);
  }
  return access;
}

/** Whether instances of a class can be made wherever the class itself is. */
export function isOpen(constructor: Function): boolean {
  try {
    homeAccess(constructor);
    return true;
  } catch (error) {
    if (error instanceof NotPortable) return false;
    throw error;
  }
}

function makeAccess(constructor: Function): PrivateAccess {
  const { scriptId, scopes, line, column } = lookAt(constructor);
  const script = scriptId === undefined ? undefined : scriptOf(scriptId);
  const site = siteOf({ fn: constructor, text: textOf(constructor), script, scopes, line, column });
  const facts = site.originalFacts.classFacts?.privates;
  const privates = classPrivates(constructor, site, scopes);
  if (facts === undefined || privates === undefined || privates.stays || scriptId === undefined)
    throw new NotPortable(`${constructor.name} cannot get instances with private fields back.`);
  let accessors: Accessors | undefined;
  const texts = accessorTexts(facts);
  const { ownConstructor, isDerived } = facts;
  const isQuiet = ownConstructor?.isQuiet ?? true;
  const construct: Branding["construct"] = (_, args) => {
    const call = (): object => Reflect.construct(constructor, args, isDerived ? constructor : Bare) as object;
    if (isQuiet) return call();
    const { self, functions } = stop(constructor, call, { facts, site, scriptId, texts });
    accessors ??= functions as unknown as Accessors; // made from these texts
    return self;
  };
  const branding = { ...privates, hasPublicFields: facts.hasPublicFields || (isQuiet && ownConstructor !== undefined), construct };
  const found = (): Accessors => {
    accessors ??= accessorsOf(constructor, facts);
    if (accessors === undefined) throw new Error(`${constructor.name} has no method that could be asked`);
    return accessors;
  };
  return {
    stays: false,
    isBase: !isDerived,
    names: facts.fields.join(),
    brand: (target) => bare(target, () => brandBy(constructor, target, branding)),
    read: (value) => found()[0](value),
    write: (value, values) => {
      const [read, write] = found();
      write(value, values);
      // V8 writes to an object without the names, and says nothing.
      if (read(value)?.every((each, at) => Object.is(each, values[at])) !== true)
        throw new Error(`${constructor.name} was not given its fields`);
    },
  };
}

/** Makes objects without a prototype, so that what is done with them meets no method, getter or setter. */
function Bare(): void {}
Bare.prototype = Object.create(null) as object;

function bare(target: object | undefined, body: () => object): object {
  if (target === undefined) return body();
  const prototype: unknown = Object.getPrototypeOf(target);
  Object.setPrototypeOf(target, null);
  try {
    return body();
  } finally {
    Object.setPrototypeOf(target, prototype as object | null);
  }
}

interface Stop {
  readonly facts: PrivateFacts;
  readonly site: Site;
  readonly scriptId: string;
  readonly texts: readonly string[];
}

function stop(constructor: Function, call: () => object, { facts, site, scriptId, texts }: Stop): Stopped {
  const { start, afterSuper, end } = facts.ownConstructor ?? { start: 0, afterSuper: undefined, end: 0 };
  const place = (offset: number): Place => ({ scriptId, line: 0, column: 0, ...site.script?.positionAt(offsetOf(site) + offset) });
  return constructUntil(constructor, call, [place(facts.isDerived ? (afterSuper ?? start) : start), place(end)], texts);
}
