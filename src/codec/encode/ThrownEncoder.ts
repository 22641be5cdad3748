/**
 * The encoder of what was thrown: a part that cannot travel is left out, as small as it can be, and a `LeftOut` says so in its place. Functions,
 * and what a class encodes itself, travel whole or not at all. What is encoded besides, such as the values of a chunk, is refused as ever.
 */

import { LeftOut } from "../../errors/LeftOut.ts";
import { NotPortable } from "../../errors/errors.ts";
import type { Ref, Special } from "../Encoded.ts";
import { intrinsicPath } from "../intrinsics.ts";
import { plainError } from "../plainError.ts";
import { accessor, writable } from "../properties.ts";
import { defineProperty, descriptorOf, hasOwn, read, types } from "../reflection.ts";
import { Encoder } from "./Encoder.ts";
import { fillWeak } from "./encodeWeak.ts";
import { classesOf } from "./objects.ts";
import { renderPath, type Path } from "./Path.ts";

/** `strict`: what cannot travel is refused · `lenient`: it is left out · `bare`: the same within what was left out, without its data. */
type Mode = "strict" | "lenient" | "bare";

/** What the elements of a chunk gave, and what they threw. */
export interface Parts {
  readonly values: readonly unknown[];
  readonly errors: readonly unknown[];
}

const thrownPath: Path = { up: undefined, name: "" };

export class ThrownEncoder extends Encoder {
  #mode: Mode = "strict";
  /** Whose parts may be left out just now; `undefined`: nothing's. */
  #at: Path | undefined;
  /** Functions that cannot travel, and why: finding that out is costly. */
  readonly #stays = new Map<Function, unknown>();
  readonly #leftOut = new Map<unknown, LeftOut>();

  /** Puts what was thrown at the root. */
  putError(holder: { root: unknown }, error: unknown): void {
    this.#putThrown(holder, "root", error, thrownPath);
  }

  putParts(holder: { root: unknown }, { values, errors }: Parts): void {
    const root: { values: unknown; errors: unknown[] } = { values: undefined, errors: [] };
    holder.root = root;
    this.put(root, "values", values, { up: undefined, name: "value" });
    this.drain(); // what values and errors share must not be met in an error first
    errors.forEach((error, at) => this.#putThrown(root.errors, at, error, { up: thrownPath, name: at }));
  }

  /** Only its name, message and stack if it cannot travel at all. */
  #putThrown(container: object, key: PropertyKey, error: unknown, path: Path): void {
    const undo = this.mark();
    try {
      this.#at = path;
      this.#as("lenient", () => {
        super.put(container, key, error, path);
        if (this.weak.length > 0) fillWeak(this);
      });
    } catch {
      undo();
      super.put(container, key, plainError(error), path); // what was thrown matters more to the user than why it cannot travel
    } finally {
      this.#at = undefined;
    }
  }

  override put(container: object, key: PropertyKey, value: unknown, path: Path, holder?: object): boolean {
    if (this.#mode === "strict") return super.put(container, key, value, path, holder);
    const known = this.#leftOut.get(value);
    if (known !== undefined) return this.#as("bare", () => super.put(container, key, known, path));
    const undo = this.mark();
    const at = this.#at;
    try {
      this.#at = path;
      return super.put(container, key, value, path, holder);
    } catch (error) {
      undo();
      return this.#leaveOut(container, key, value, error, path);
    } finally {
      this.#at = at;
    }
  }

  #leaveOut(container: object, key: PropertyKey, value: unknown, error: unknown, path: Path): boolean {
    const left = new LeftOut(error instanceof Error ? error.message : String(error));
    if (this.#mode === "lenient") {
      this.#leftOut.set(value, left);
      if (typeof value === "object" && value !== null) giveData(left, value);
    }
    return this.#as("bare", () => super.put(container, key, left, path));
  }

  override putAccessor(into: unknown[], start: number, { get, set }: PropertyDescriptor, path: Path, holder: object): void {
    const undo = this.mark();
    try {
      this.#place(into, start + 2, this.ref(get, path, holder));
      this.#place(into, start + 3, this.ref(set, path, holder));
    } catch (error) {
      if (this.#mode === "strict") throw error;
      undo();
      into[start + 1] = (Number(into[start + 1]) & ~accessor) | writable;
      this.#leaveOut(into, start + 2, undefined, error, path);
    }
  }

  #place(into: unknown[], at: number, ref: Ref): void {
    if (typeof ref === "number") this.fixups.push(into, at, ref);
    else [into[at]] = ref;
  }

  override functionRef(fn: Function, path: Path, holder?: object): number {
    const why = this.#stays.get(fn);
    if (why !== undefined) throw why;
    if (this.#mode === "bare" && !types.isProxy(fn) && this.hooks.reference(fn) === undefined) this.refuse(path, "a function", "");
    try {
      return this.#as("strict", () => {
        const index = super.functionRef(fn, path, holder);
        this.hooks.settle?.(this);
        return index;
      });
    } catch (error) {
      this.#stays.set(fn, error);
      throw error;
    }
  }

  /** A row that is met again may be forgotten, but not that it was met before. */
  override special(tuple: Special, source?: unknown): number {
    return super.special(tuple, tuple[0] === "row" && this.#at !== undefined ? undefined : source);
  }

  override whole(index: number, walk: () => void): void {
    this.#as("strict", () => super.whole(index, walk));
  }

  override walk(fill: () => void): void {
    super.walk(this.#later(fill));
  }

  override descend(source: object, copy: object, fill: () => void): Ref {
    return super.descend(source, copy, this.#later(fill));
  }

  /** Of what is left out only the reason is told: there is nothing that the user could do about it. */
  override refuse(path: Path, what: string, advice: string): never {
    if (this.#at === undefined) super.refuse(path, what, advice);
    throw new NotPortable(path === this.#at ? what : `${renderPath(path)}: ${what}`);
  }

  #later(fill: () => void): () => void {
    const mode = this.#mode;
    return () => this.#as(mode, fill);
  }

  #as<T>(mode: Mode, body: () => T): T {
    const before = this.#mode;
    this.#mode = mode;
    try {
      return body();
    } finally {
      this.#mode = before;
    }
  }
}

/** What answers of servers tell by getters of their class, which are Node's own. */
const told: Readonly<Record<string, readonly string[]>> = {
  ClientRequest: ["path"],
  IncomingMessage: ["headers"],
  Request: ["method", "url", "headers"],
  Response: ["status", "statusText", "ok", "url", "redirected", "type", "headers"],
};

/** Gives it the plain data of `value`: no functions, and nothing that Node marks as its own. */
function giveData(left: LeftOut, value: object): void {
  if (types.isProxy(value)) return;
  for (const key of Object.keys(value)) {
    const descriptor = descriptorOf(value, key);
    if (key !== "leftOut" && !key.startsWith("_") && descriptor !== undefined) give(left, key, descriptor.value);
  }
  for (const owner of classesOf(value)) {
    const name = intrinsicPath(owner)?.at(-1);
    const keys = name !== undefined && hasOwn(told, name) ? told[name] : undefined;
    for (const key of keys ?? []) give(left, key, answer(owner, key, value));
  }
}

function answer({ prototype }: Function, key: string, value: object): unknown {
  try {
    return read(prototype as object, key, value); // of a class
  } catch {
    return undefined; // it only inherits from one
  }
}

function give(left: LeftOut, key: string, value: unknown): void {
  if (value !== undefined && typeof value !== "function")
    defineProperty(left, key, { value, enumerable: true, writable: true, configurable: true });
}
