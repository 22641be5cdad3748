/** What ties a function to its place besides its variables: `this`, `arguments`, the parent class, computed keys, `super`. */

import type { Ref } from "../codec/Encoded.ts";
import type { Encoder } from "../codec/encode/Encoder.ts";
import type { Path } from "../codec/encode/Path.ts";
import type { ScopeFrame } from "../platform/inspector.ts";
import { lexicalThis } from "../platform/probe.ts";
import type { Site } from "./Site.ts";

export interface Surroundings {
  readonly heritage: Ref | undefined;
  readonly keys: readonly Ref[] | undefined;
  readonly self: Ref | undefined;
  readonly args: readonly Ref[] | undefined;
}

export function surroundings(
  encoder: Encoder, fn: Function, site: Site, scopes: readonly ScopeFrame[], path: Path, holder: object | undefined,
): Surroundings {
  const { facts, originalFacts } = site;
  if (facts.undeclaredPrivate.length > 0) {
    encoder.refuse(path, `it uses #${facts.undeclaredPrivate[0]} of a class around it`, "Call it inside the future, through an instance of that class.");
  }
  if (facts.usesSuper && facts.form === "arrow") {
    encoder.refuse(path, "an arrow function that uses super cannot leave its method", "Read what it needs into a variable first.");
  }
  return {
    heritage: originalFacts.form === "class" ? parentClass(encoder, fn, site, path) : homeObject(encoder, site, path, holder),
    keys: computedKeys(encoder, fn, site, path, holder),
    self: facts.form === "arrow" && facts.usesThis ? encoder.ref(lexicalThis(fn), { up: path, name: "this" }) : undefined,
    args: facts.form === "arrow" && facts.usesArguments ? lexicalArguments(encoder, scopes, path) : undefined,
  };
}

function parentClass(encoder: Encoder, fn: Function, site: Site, path: Path): Ref | undefined {
  if (site.originalFacts.classFacts?.heritage === undefined) return undefined;
  const prototype = fn.prototype as object; // classes have one
  if (Object.getPrototypeOf(prototype) === null) return [null];
  return encoder.ref(Object.getPrototypeOf(fn), { up: path, name: "extends" });
}

/** A method with `super` looks names up in the parent of the object it was written in. */
function homeObject(encoder: Encoder, site: Site, path: Path, holder: object | undefined): Ref | undefined {
  if (!site.facts.usesSuper || site.facts.wrap === "expression") return undefined;
  if (holder === undefined) {
    encoder.refuse(path, "a method that uses super cannot leave its object", "Capture the object and call the method on it.");
  }
  return encoder.ref(Object.getPrototypeOf(holder), { up: path, name: "super" });
}

function lexicalArguments(encoder: Encoder, scopes: readonly ScopeFrame[], path: Path): readonly Ref[] {
  const frame = scopes.find(({ object }) => "arguments" in object);
  const values = Array.from((frame?.object["arguments"] ?? []) as ArrayLike<unknown>); // an arguments object
  return values.map((value, index) => encoder.ref(value, { up: path, name: `arguments[${index}]` }));
}

function computedKeys(encoder: Encoder, fn: Function, site: Site, path: Path, holder: object | undefined): readonly Ref[] | undefined {
  const { originalFacts, original } = site;
  if (originalFacts.key?.computed === true) return [encoder.ref(keyIn(holder, fn) ?? fn.name.replace(/^[gs]et /, ""), path)];
  const ranges = originalFacts.classFacts?.computedKeys ?? [];
  if (ranges.length === 0) return undefined;
  const candidates = [...memberTexts(fn), ...memberTexts(fn.prototype as object)];
  return ranges.map((range) => {
    const found = candidates.find(({ text }) => {
      const start = original.indexOf(text);
      return start >= 0 && start <= range.start && range.end <= start + text.length;
    });
    if (found === undefined) {
      encoder.refuse(path, `the computed key [${original.slice(range.start, range.end)}] of class ${fn.name} cannot be read`, "Give the field a fixed name, or name the class's module: { modules: [\"./it.js\"] }.");
    }
    return encoder.ref(found.key, path);
  });
}

function keyIn(holder: object | undefined, fn: Function): string | symbol | undefined {
  if (holder === undefined) return undefined;
  return Reflect.ownKeys(holder).find((key) => {
    const descriptor = Object.getOwnPropertyDescriptor(holder, key);
    return descriptor?.value === fn || descriptor?.get === fn || descriptor?.set === fn;
  });
}

function* memberTexts(holder: object): Iterable<{ readonly key: string | symbol; readonly text: string }> {
  for (const key of Reflect.ownKeys(holder)) {
    if (key === "constructor" || key === "prototype") continue;
    const descriptor = Object.getOwnPropertyDescriptor(holder, key);
    for (const member of [descriptor?.value, descriptor?.get, descriptor?.set] as unknown[]) {
      if (typeof member === "function") yield { key, text: Function.prototype.toString.call(member) };
    }
  }
}
