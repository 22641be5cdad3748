/**
 * Objects of which only a part travels: where the whole of one cannot, but code only reads members of it by fixed names. A capture that
 * was refused is made again with the innermost such object on the way to what was refused. The rest is told from what was never there
 * (`codec/leftOut`), so that nothing comes out different.
 */

import { types } from "node:util";
import { isNamespace, isNative, textOf } from "../codec/encode/objects.ts";
import type { Encoder } from "../codec/encode/Encoder.ts";
import { encodeMembers } from "../codec/encode/encodeMembers.ts";
import { refusedAt, type Path } from "../codec/encode/Path.ts";
import { wasmHandle } from "../codec/encode/refusals.ts";
import { keysOf } from "../codec/reflection.ts";
import { NotPortable } from "../errors/errors.ts";
import { analyseFunction } from "./analysis/analyseFunction.ts";
import { UnparsableFunction } from "./analysis/UnparsableFunction.ts";

/** Captures, and where something was refused of whose object only members are read, again with these. */
export function inParts<T>(capture: (parts: Parts) => T): T {
  const parts = new Parts();
  for (;;) {
    try {
      return capture(parts);
    } catch (error) {
      if (!(error instanceof NotPortable) || !parts.spare(refusedAt.get(error))) throw error;
    }
  }
}

type Held = NonNullable<Path["held"]>;

export class Parts {
  readonly #objects = new Set<object>();

  /** Whether only a part of `value` is to travel. */
  has(value: unknown): boolean {
    return this.#objects.has(value as object); // sets tell of anything
  }

  /** The special of what travels of an object; all of it, where code reads more than fixed names. */
  encode(encoder: Encoder, { value, members }: Held, path: Path): number {
    const object = value as object; // this has it
    return encodeMembers(encoder, object, keysNeeded(object, members) ?? keysOf(object), path);
  }

  /** Takes one more object, on the way to what was refused; `false`: there is none. */
  spare(refused: Path | undefined): boolean {
    for (let at = refused; at !== undefined; at = at.up) {
      if (at.held === undefined) continue;
      const { value, members } = at.held;
      if (!isObject(value) || this.#objects.has(value) || keysNeeded(value, members) === undefined) continue;
      this.#objects.add(value);
      return true;
    }
    return false;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !types.isProxy(value) && !isNamespace(value);
}

/** The properties that code needs which reads `members`: those, and what the methods among them read of `this`. `undefined`: all. */
export function keysNeeded(value: object, members: readonly string[] | undefined): readonly string[] | undefined {
  if (members === undefined) return undefined;
  const needed = new Set(members);
  for (const name of needed) {
    const more = membersRead(value, name);
    if (more === undefined) return undefined;
    for (const each of more) needed.add(each);
  }
  return needed.has(wasmHandle) ? undefined : [...needed];
}

const nothing: readonly string[] = [];

/** What of `value` is read besides when its property `name` is read or called. */
function membersRead(value: object, name: string): readonly string[] | undefined {
  for (let at: object | null = value; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    if (types.isProxy(at)) return undefined;
    const descriptor = Object.getOwnPropertyDescriptor(at, name);
    if (descriptor === undefined) continue;
    if (!("value" in descriptor)) return undefined;
    const member: unknown = descriptor.value;
    if (typeof member !== "function") return nothing;
    if (types.isProxy(member)) return undefined;
    // One that was bound, or taken from elsewhere, does not ask its object; an inherited one of the language does.
    if (isNative(member)) return at === value ? nothing : undefined;
    return thisMembers(member);
  }
  return nothing;
}

function thisMembers(fn: Function): readonly string[] | undefined {
  try {
    const facts = analyseFunction(textOf(fn), true);
    return facts.form === "arrow" || facts.form === "class" ? nothing : facts.usesSuper ? undefined : facts.thisMembers;
  } catch (error) {
    if (error instanceof UnparsableFunction) return undefined;
    throw error;
  }
}
