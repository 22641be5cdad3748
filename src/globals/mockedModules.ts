/** What vitest puts between code and the modules that it imports: proxies around namespaces, and around what `vi.mock` has in their place. */

import { types } from "node:util";
import type { Path } from "../codec/encode/Path.ts";
import { loadedCommonJs } from "../platform/packages.ts";
import { targetOf } from "./lookOrRefuse.ts";

const viteName = /^__(?:vite_ssr|vi)_import_\d+__$/;

/**
 * What stands behind a variable that vitest has imported into: proxies give the namespaces of packages and what `vi.mock` has in their place.
 * The latter is an ordinary value, `undefined` here: `mockedModule` gives it.
 */
export function importedTarget(value: unknown): unknown {
  const target = objectBehind(value);
  if (target === undefined) return value;
  return isMock(target) ? undefined : target;
}

/**
 * What a factory given to `vi.mock` returned, where code reads only members by name that it has. vitest's proxy around it only throws where a
 * name is missing, so it is left away.
 */
export function mockedModule(name: string, value: unknown, members: readonly string[] | undefined): unknown {
  if (!viteName.test(name)) return value;
  const target = objectBehind(value);
  if (target === undefined || !isMock(target)) return value;
  mocks.add(value as object); // objectBehind found it to be one
  return members?.every((member) => Object.hasOwn(target, member)) === true ? target : value;
}

function objectBehind(value: unknown): object | undefined {
  if (typeof value !== "object" || value === null || !types.isProxy(value)) return undefined;
  const target = targetOf(value);
  return typeof target === "object" && target !== null && !types.isProxy(target) ? target : undefined;
}

function isMock(target: object): boolean {
  return !types.isModuleNamespaceObject(target) && !Object.values(loadedCommonJs()).some((module) => module?.exports === target);
}

/**
 * What travels for a proxy: the namespace behind it; for a mocked module that a spy has noted as the `this` of a call (which is what code compiled by
 * vitest calls it with) what its factory returned. Other proxies stay what they are.
 */
export function unwrappedProxy(value: object, path: Path): object | undefined {
  const target = objectBehind(value);
  if (target === undefined || types.isModuleNamespaceObject(target)) return target;
  return noted.test(String(path.up?.name)) && mocks.has(value) ? target : undefined;
}

/** Where a spy keeps the `this` of its calls. */
const noted = /^(?:contexts|instances)$/;
const mocks = new WeakSet<object>();
