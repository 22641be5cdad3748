/**
 * Classes of the user's that a package keeps something about in a registry of its own, by decorators: metadata, validators, columns. A class that travels
 * by value is another class in the worker, which that registry does not know, so home warns.
 */

import { lookAt } from "../platform/inspector.ts";
import { isPackageUrl } from "../platform/packages.ts";
import { urlOfScript } from "../platform/scripts.ts";
import type { FunctionRecord } from "./FunctionRecord.ts";
import type { Script } from "./Script.ts";
import type { RegisteredClass } from "./snapshots.ts";

/** Packages that keep what their decorators are given under the class itself, elsewhere than in `reflect-metadata`'s store. */
const keepers =
  "class-validator|class-transformer|type-graphql|typeorm|inversify|tsyringe|typedi|routing-controllers|sequelize-typescript|@nestjs/[\\w-]+|@mikro-orm/[\\w-]+|@typegoose/typegoose";

const imported = new RegExp(
  `(?:import\\s+([^"';]*?)\\s*from\\s*|(?:const|let|var)\\s+([^=;"']+?)\\s*=\\s*[^"';\\n]*?\\(\\s*)["'](${keepers})["']`,
  "g",
);

/** `[local name, package]` of what a script imports from these packages. */
const known = new WeakMap<Script, readonly (readonly [local: string, from: string])[]>();

function keepersOf(script: Script): readonly (readonly [local: string, from: string])[] {
  let found = known.get(script);
  if (found === undefined) {
    const { source } = script;
    found = /__decorate/.test(source)
      ? [...source.matchAll(imported)].flatMap(([, clause, variable, from = ""]) =>
          localNames(clause ?? variable ?? "").map((local) => [local, from] as const),
        )
      : [];
    known.set(script, found);
  }
  return found;
}

/** Of `{ a, b as c, d: e }`, `* as f` or `g`. */
function localNames(clause: string): readonly string[] {
  return clause.split(/[{},]/).flatMap((part) => /([\w$]+)\s*$/.exec(part)?.[1] ?? []);
}

/** One for each class among the functions, with the package that knows most of it. */
export function registeredClasses(records: readonly FunctionRecord[]): readonly RegisteredClass[] {
  return records.flatMap(({ fn, site }) => {
    const { script } = site;
    if (site.originalFacts.classFacts === undefined || script === undefined || script.inPackage) return [];
    const className: unknown = Object.getOwnPropertyDescriptor(fn, "name")?.value;
    if (typeof className !== "string" || className === "") return [];
    const from = decorator(script, className) ?? (hasMetadata(fn, fieldsOf(script, className)) ? "reflect-metadata" : undefined);
    return from === undefined ? [] : [{ package: from, className, file: script.url }];
  });
}

/** As tsc, esbuild and swc write it: `__decorate([…], Name.prototype, "key", …)`, `Name = __decorate([…], Name)`. */
function decorator(script: Script, className: string): string | undefined {
  const keepers = keepersOf(script);
  if (keepers.length === 0) return undefined;
  const { source } = script;
  const end = new RegExp(`\\],\\s*${className.replaceAll("$", "\\$")}(?:\\.prototype)?\\s*[,)]`, "g");
  for (const { index } of source.matchAll(end)) {
    const words = source.slice(source.lastIndexOf("__decorate", index), index);
    const keeper = keepers.find(([local]) => new RegExp(`(?<![\\w$.])${local.replaceAll("$", "\\$")}(?![\\w$])`).test(words));
    if (keeper !== undefined) return keeper[1];
  }
  return undefined;
}

/** Names of fields, which stand on no object: those that decorators were given. */
function fieldsOf({ source }: Script, className: string): readonly string[] {
  const given = new RegExp(`(?<![\\w$.])${className.replaceAll("$", "\\$")}(?:\\.prototype)?\\s*,\\s*["']([^"'\n]+)["']`, "g");
  return [...source.matchAll(given)].map(([, name = ""]) => name);
}

/** Whether `reflect-metadata` keeps something about a class, its prototype or their members. Its functions run no code of the user's. */
function hasMetadata(constructor: Function, fields: readonly string[]): boolean {
  const keysOf: unknown = Object.getOwnPropertyDescriptor(Reflect, "getOwnMetadataKeys")?.value;
  if (typeof keysOf !== "function" || !isOfPackage(keysOf)) return false;
  const has = (target: object, key?: string | symbol): boolean => {
    const keys: unknown = key === undefined ? keysOf(target) : keysOf(target, key);
    return Array.isArray(keys) && keys.length > 0;
  };
  const prototype: unknown = Object.getOwnPropertyDescriptor(constructor, "prototype")?.value;
  const holders = typeof prototype === "object" && prototype !== null ? [constructor, prototype] : [constructor];
  return holders.some((holder) => has(holder) || [...Reflect.ownKeys(holder), ...fields].some((key) => has(holder, key)));
}

const ofPackage = new WeakMap<object, boolean>();

function isOfPackage(fn: Function): boolean {
  let verdict = ofPackage.get(fn);
  if (verdict === undefined) ofPackage.set(fn, (verdict = isPackageUrl(urlOfScript(lookAt(fn).scriptId ?? ""))));
  return verdict;
}
