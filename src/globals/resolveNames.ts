/** The free names of a function and the values they have in its scopes, now. */

import { renderPath, type Path } from "../codec/encode/Path.ts";
import { globalNames } from "../codec/scanIntrinsics.ts";
import { GlobalsNotFound, NotPortable } from "../errors/errors.ts";
import type { ScopeFrame } from "../platform/inspector.ts";
import { isUninitialised } from "../platform/probe.ts";
import type { FreeName } from "./analysis/freeNames.ts";
import { mockedModule } from "./mockedModules.ts";
import { enclosingFunction, isEnclosingFunction } from "./enclosingFunction.ts";
import { possibleNames } from "./functionNames.ts";
import { bindingOf, offsetOf, type Site } from "./Site.ts";
import { stoppableOf } from "./stoppableOf.ts";
import { FileImport, FileMeta, FileRequire } from "./standIns.ts";
import { keyName, metaName } from "./unitNames.ts";

/** The parsed `globals` option. */
export interface GivenGlobals {
  /** Exactly these; `undefined`: search. */
  readonly exact: Readonly<Record<string, unknown>> | undefined;
  readonly add: Readonly<Record<string, unknown>>;
  readonly ignore: ReadonlySet<string>;
}

export const search: GivenGlobals = { exact: undefined, add: {}, ignore: new Set() };

export interface BoundName {
  readonly name: string;
  readonly value: unknown;
  readonly assigned: boolean;
  /** The frame that holds the variable; `undefined` for values that were given. */
  readonly frame: ScopeFrame | undefined;
  /** The properties read, if that is all that is done with it. */
  readonly members: readonly string[] | undefined;
  /** It is also the function's own name, which its text hides. */
  readonly own: boolean;
}

export interface ResolvedNames {
  readonly bound: BoundName[];
  /** Some assigned name is no variable of any scope: the code writes to the global object. */
  readonly writesGlobal: boolean;
}

/** A function with what is known of its place. */
export interface Looked {
  readonly fn: Function;
  readonly site: Site;
  readonly scopes: readonly ScopeFrame[];
  readonly path: Path;
}

type Placed = Omit<Looked, "path">;

/** How a name is used. */
type Use = Pick<FreeName, "assigned" | "typeofOnly" | "members">;

/** Throws `GlobalsNotFound` for variables in their dead zone. */
export function resolveNames(looked: Looked, given: GivenGlobals): ResolvedNames {
  const { site } = looked;
  const bound: BoundName[] = [];
  let writesGlobal = false;
  for (const [name, use] of site.facts.free) {
    if (name === "arguments" || name.startsWith(keyName) || Object.hasOwn(given.add, name) || given.ignore.has(name)) continue;
    const found = findName(looked, name, use, given);
    if (found !== undefined) bound.push(found);
    else writesGlobal ||= use.assigned;
  }
  for (const [name, value] of Object.entries(given.add)) bound.push(givenName(name, value, site.facts.free.get(name)?.assigned));
  if (given.exact === undefined) bound.push(...ownVariable(looked));
  if (site.facts.directEval) bound.push(...visibleToEval(looked, given, bound));
  return { bound, writesGlobal };
}

function givenName(name: string, value: unknown, assigned: boolean = false): BoundName {
  return { name, value, assigned, frame: undefined, members: undefined, own: false };
}

function findName(looked: Looked, name: string, use: Use, given: GivenGlobals): BoundName | undefined {
  const { site, scopes, path } = looked;
  const standIn = placeValue(site, name);
  if (standIn !== undefined) return givenName(name, standIn);
  if (given.exact !== undefined) return Object.hasOwn(given.exact, name) ? givenName(name, given.exact[name], use.assigned) : undefined;
  if (isEnclosingFunction(site, scopes, name)) return enclosingName(looked, name, use);
  const frame = frameOf(scopes, name);
  if (frame === undefined) return ofGlobalObject(looked, name, use);
  if (frame.description.startsWith("With")) {
    throw new NotPortable(
      `${renderPath(path)}: the name ${name} is found in the object of a "with" statement, which cannot travel. Read it into a variable first.`,
    );
  }
  return variable(looked, frame, name, use);
}

function variable(looked: Looked, frame: ScopeFrame, name: string, use: Use): BoundName {
  const { site } = looked;
  const value = mockedModule(name, readVariable(looked, frame, name), use.members);
  if (isRequire(name, value) && site.script !== undefined) return givenName(name, new FileRequire(site.script.url));
  return { name, value, assigned: use.assigned, frame, members: use.members, own: false };
}

function enclosingName(looked: Looked, name: string, use: Use): BoundName {
  if (use.assigned) {
    throw new NotPortable(
      `${renderPath(looked.path)} assigns ${name}, the name of a function expression around it, which has no effect or is an error. Remove it.`,
    );
  }
  return givenName(name, enclosingFunction(looked, name));
}

/** The frame that declares a variable. */
export function frameOf(scopes: readonly ScopeFrame[], name: string): ScopeFrame | undefined {
  return scopes.find(({ description, object }) => description !== "Global" && name in object);
}

/** What the user's code put on the global object of its context, such as the variables of scripts, of notebooks and of the REPL. */
function ofGlobalObject({ scopes, path }: Looked, name: string, use: Use): BoundName | undefined {
  if (globalNames.has(name) || use.typeofOnly) return undefined;
  const last = scopes.at(-1);
  const global: object = last?.description === "Global" ? last.object : globalThis;
  const descriptor = Object.getOwnPropertyDescriptor(global, name);
  if (descriptor?.enumerable === true && "value" in descriptor)
    return { name, value: descriptor.value as unknown, assigned: use.assigned, frame: globalFrame, members: undefined, own: false };
  if (global === globalThis || name in globalThis || !(name in global)) return undefined;
  throw new GlobalsNotFound(
    `${renderPath(path)}: ${name} is no plain variable of its vm context: it has a getter, is hidden or inherited. ` +
      `Name its value: { globals: { add: { ${name} } } }.`,
  );
}

const globalFrame: ScopeFrame = { description: "Global", object: {} };

const viteMeta = "__vite_ssr_import_meta__";

/** Names that stand for the place of the code: `import.meta`, and what vite writes instead. */
function placeValue(site: Site, name: string): unknown {
  const url = site.script?.url;
  if (url === undefined) return undefined;
  if (name === metaName || name === viteMeta) return new FileMeta(url, name === viteMeta);
  return name === "__vite_ssr_dynamic_import__" ? new FileImport(url) : undefined;
}

/** The `require` that CommonJS gives every file. */
function isRequire(name: string, value: unknown): boolean {
  return name === "require" && typeof value === "function" && Object.hasOwn(value, "cache") && Object.hasOwn(value, "resolve");
}

/** Before V8 12 a variable in its dead zone reads as `undefined`, later reading it throws. */
const hidesDeadZone = Number.parseInt(process.versions.v8, 10) < 12;

function readVariable(placed: Placed, frame: ScopeFrame, name: string): unknown {
  let value: unknown;
  try {
    value = frame.object[name];
  } catch (cause) {
    throw unready(name, cause);
  }
  if (value === undefined && hidesDeadZone && isDead(placed, name)) throw unready(name, undefined);
  return value;
}

function unready(name: string, cause: unknown): GlobalsNotFound {
  return new GlobalsNotFound(
    `The variable ${name} is used by a future before it is initialised. Create the future after its declaration has run.`,
    { cause },
  );
}

function isDead(placed: Placed, name: string): boolean {
  const given = mayBeDead(placed.site, name) ? stoppableOf(placed, name) : undefined;
  return given !== undefined && isUninitialised(given, name);
}

/** Whether it is declared further down. */
function mayBeDead(site: Site, name: string): boolean {
  const binding = bindingOf(site, name);
  const isLexical = binding?.kind === "let" || binding?.kind === "const" || binding?.kind === "class";
  return isLexical && binding.declaredAt > offsetOf(site);
}

/**
 * The name of a function declaration means the variable around it, which may have got another value, or get one.
 * That of a function expression means the function itself.
 */
function ownVariable(placed: Placed): BoundName[] {
  const { fn, site, scopes } = placed;
  const { ownName, ownUses, form } = site.facts;
  if (ownName === undefined || ownUses === undefined || form !== "function") return [];
  const frame = frameOf(scopes, ownName);
  if (frame === undefined || (frame.object[ownName] === fn && !ownUses.assigned)) return [];
  return isDeclaration(site, ownName) ? [ownBinding(ownName, placed, frame)] : [];
}

function ownBinding(name: string, placed: Placed, frame: ScopeFrame): BoundName {
  const assigned = placed.site.facts.ownUses?.assigned === true;
  return { name, value: readVariable(placed, frame, name), assigned, frame, members: undefined, own: true };
}

/** The variable of a declared function that refers to itself, where others write it. */
export function selfVariable(placed: Placed, name: string): BoundName | undefined {
  const { site, scopes } = placed;
  const { ownName, ownUses, form } = site.facts;
  if (ownName !== name || ownUses === undefined || form !== "function") return undefined;
  const frame = frameOf(scopes, name);
  return frame !== undefined && isDeclaration(site, name) ? ownBinding(name, placed, frame) : undefined;
}

function isDeclaration(site: Site, name: string): boolean {
  const binding = bindingOf(site, name);
  return binding !== undefined && binding.kind !== "functionName";
}

/** What a direct `eval` may use: the names in its text or, where that is not known, all variables around it. */
function visibleToEval(looked: Looked, given: GivenGlobals, bound: readonly BoundName[]): BoundName[] {
  const { site, scopes } = looked;
  const seen = new Set([...bound.map(({ name }) => name), ...site.facts.free.keys(), ...given.ignore, "arguments", "this"]);
  const names = site.facts.evalNames ?? (given.exact === undefined ? visibleNames(site, scopes) : Object.keys(given.exact));
  return names.flatMap((name) => {
    if (seen.has(name)) return [];
    seen.add(name);
    return findName(looked, name, evaluated, given) ?? [];
  });
}

const evaluated: Use = { assigned: false, typeofOnly: false, members: undefined };

function visibleNames(site: Site, scopes: readonly ScopeFrame[]): readonly string[] {
  const functions = [...possibleNames(site)].filter((name) => isEnclosingFunction(site, scopes, name));
  const frames = scopes.filter(({ description }) => !description.startsWith("With"));
  return [...functions, ...frames.flatMap((frame) => Object.keys(frame.object).filter((name) => isVisible(site, frame, name)))];
}

/** Not those in their dead zone, accessors of the global object, and what V8 keeps there for itself. */
function isVisible(site: Site, { object }: ScopeFrame, name: string): boolean {
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name)) return false;
  try {
    const descriptor = Object.getOwnPropertyDescriptor(object, name);
    return descriptor !== undefined && "value" in descriptor && (descriptor.value !== undefined || !mayBeDead(site, name));
  } catch (error) {
    if (error instanceof ReferenceError) return false;
    throw error;
  }
}
