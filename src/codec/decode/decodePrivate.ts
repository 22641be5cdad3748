/**
 * Instances whose classes have `#private` names: such names can be had only from the class. Here it gives them while its constructor
 * and initialisers do nothing (`globals/privateEdits`), and its values are written afterwards.
 */

import type { PrivateAccess } from "../../session/Session.ts";
import { currentSession } from "../../session/currentSession.ts";
import { answer } from "../answer.ts";
import { defineProperty, descriptorOf, keysOf, prototypeOf, setPrototype } from "../reflection.ts";
import { assertWhole, Missing, number, text } from "./damage.ts";
import type { Rebuild } from "./Decoder.ts";

/** What a class's special tells about the private state of its instances. */
export interface ClassPrivates {
  /** How many arguments its constructor wants that answer everything. */
  readonly answers: number;
  /** Home cannot make instances. */
  readonly stays: boolean;
}

/** What a unit hands out: raises or lowers its flag, and gives what its class's static block has left. */
export type Unlock = (quiet: boolean) => readonly [read: PrivateAccess["read"], write: PrivateAccess["write"], hasPublicFields: boolean];

/** What is made anew for the message. */
const targets: ReadonlySet<unknown> = new Set([undefined, "object", "array", "collection", "error", "with"]);

export const privates: Readonly<Record<string, Rebuild>> = {
  private: (decoder, [, target, brands, ...rest]) => {
    assertWhole(targets.has(decoder.tagOf(target)), "private fields of what is not part of the value");
    let shell = target === undefined ? undefined : (decoder.ref(target) as object);
    const list = brands as readonly unknown[]; // triples of our own making
    for (let at = 0; at < list.length; at += 3) {
      const access = accessOf(decoder.ref(list[at]));
      if (list[at + 2] !== undefined && access.names !== list[at + 2]) throw new Missing(otherVersion);
      const branded = access.brand(shell);
      shell = branded;
      decoder.step(list[at + 1], () => access.write(branded, list[at + 1] as readonly unknown[]));
    }
    assertWhole(shell !== undefined, "private fields of nothing");
    return target === undefined ? decoder.finished(shell, ...rest) : shell;
  },
  field: (decoder, [, owner, constructor, key]) => {
    const value = decoder.ref(owner) as object;
    decoder.resolveAll("private", owner);
    const fn =
      typeof key === "number"
        ? accessOf(decoder.ref(constructor)).read(value)?.[number(key)]
        : currentSession().fields.get(value)?.[text(key)];
    assertWhole(typeof fn === "function", "a function that is a field is missing");
    return fn;
  },
};

const otherVersion = "The class of an instance has other #private fields here: its package is of another version than at home";

function accessOf(constructor: unknown): PrivateAccess {
  assertWhole(typeof constructor === "function", "a class is missing");
  const { privates, access } = currentSession();
  const found = privates.get(constructor) ?? access?.(constructor);
  assertWhole(found !== undefined, `${constructor.name} gives no private fields`);
  return found;
}

/** The access of a class that was made from a unit. */
export function noteAccess(constructor: Function, unlock: Unlock, { answers, stays }: ClassPrivates, isBase: boolean): void {
  const [read, write, hasPublicFields] = unlock(false);
  const brand = (target: object | undefined): object => {
    assertWhole(isBase === (target === undefined), "a class of another kind");
    unlock(true);
    try {
      return brandBy(constructor, target, { answers, hasPublicFields, construct: Reflect.construct });
    } finally {
      unlock(false);
    }
  };
  currentSession().privates.set(constructor, { stays, isBase, brand, read, write });
}

export interface Branding {
  readonly answers: number;
  readonly hasPublicFields: boolean;
  readonly construct: (constructor: Function, args: readonly unknown[]) => object;
}

/**
 * Calls the constructor for its private names: that of a class with a parent finds, for the moment, in place of that a function that
 * returns `target`. Public fields that it made are taken away again.
 */
export function brandBy(constructor: Function, target: object | undefined, { answers, hasPublicFields, construct }: Branding): object {
  const args = Array.from({ length: answers }, () => answer);
  if (target === undefined) return withoutFields(construct(constructor, args), [], hasPublicFields);
  const parent: unknown = prototypeOf(constructor);
  const before = hasPublicFields ? keysOf(target) : [];
  setPrototype(constructor, function stamp() {
    return target;
  });
  try {
    construct(constructor, args);
  } finally {
    setPrototype(constructor, parent as object | null);
  }
  return withoutFields(target, before, hasPublicFields);
}

/** From the last: V8 keeps objects fast whose latest property goes. */
function withoutFields(value: object, before: readonly PropertyKey[], hasPublicFields: boolean): object {
  if (!hasPublicFields) return value;
  const { fields: made } = currentSession();
  const fields = made.get(value) ?? {};
  made.set(value, fields);
  for (const key of keysOf(value).toReversed()) {
    if (before.includes(key)) continue;
    defineProperty(fields, key, { ...descriptorOf(value, key), configurable: true });
    Reflect.deleteProperty(value, key);
  }
  return value;
}
