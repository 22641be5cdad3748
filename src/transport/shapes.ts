/**
 * Words in which the shapes of messages are told: small tests of one value each, and ways to put them together. They look at
 * a message's own fields only; what stands inside an `Encoded` is looked at by the codec when it is rebuilt.
 */

import { types } from "node:util";

export type Test = (value: unknown) => boolean;

export const isText: Test = (value) => typeof value === "string";
export const isFlag: Test = (value) => typeof value === "boolean";
export const isNumber: Test = (value) => typeof value === "number";
export const isFinite: Test = Number.isFinite;
export const isCount: Test = (value) => Number.isSafeInteger(value) && Number(value) >= 0;

export function optional(test: Test): Test {
  return (value) => value === undefined || test(value);
}

export function oneOf(...allowed: readonly unknown[]): Test {
  return (value) => allowed.includes(value);
}

/** Every position is looked at, so that a list which lies about its length fails at the first item that is not there. */
export function listOf(test: Test): Test {
  return (value) => {
    if (!Array.isArray(value)) return false;
    for (let at = 0; at < value.length; at += 1) if (!Object.hasOwn(value, at) || !test(value[at])) return false;
    return true;
  };
}

/** Fields that must be as they are told; whether there are others does not matter. */
export function fieldsOf(fields: Readonly<Record<string, Test>>): Test {
  const shape = shapeOf(fields);
  return (value) => isObject(value) && misfit(value, shape) === undefined;
}

/** Names and tests of fields. */
export type Shape = readonly (readonly [name: string, test: Test])[];

export function shapeOf(fields: Readonly<Record<string, Test>>): Shape {
  return Object.entries(fields);
}

/** The name of the first field that is not as it should be. */
function misfit(data: Readonly<Record<string, unknown>>, shape: Shape): string | undefined {
  for (let at = 0; at < shape.length; at += 1) {
    const [name, test] = shape[at] ?? missing;
    if (!test(data[name])) return name;
  }
  return undefined;
}

const missing: Shape[number] = ["", () => true];

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** By the value of its field `type`. */
export function oneByType(shapes: Readonly<Record<string, Test>>): Test {
  return (value) => {
    const type = typeOf(value);
    return type !== undefined && Object.hasOwn(shapes, type) && shapes[type]?.(value) === true;
  };
}

export function typeOf(value: unknown): string | undefined {
  const type = typeof value === "object" && value !== null && "type" in value ? value.type : undefined;
  return typeof type === "string" ? type : undefined;
}

/** An `Encoded`, as far as is needed to look for its imports; the rest is the decoder's business. */
export const isEncoded: Test = fieldsOf({
  specials: optional(listOf((special) => Array.isArray(special) && isText(special[0]))),
  fixups: optional(Array.isArray),
  fills: optional(Array.isArray),
  late: optional(listOf(isCount)),
});

/** `Definition`s. */
export const areDefinitions: Test = listOf(
  oneByType({
    unit: fieldsOf({
      id: isText,
      source: isText,
      url: isText,
      line: Number.isInteger,
      column: Number.isInteger,
      touchesGlobals: isFlag,
      imports: isFlag,
      contained: isFlag,
    }),
    constant: fieldsOf({ id: isText, encoded: isEncoded }),
    block: fieldsOf({ id: isText, bytes: types.isUint8Array }),
  }),
);

/** Data that is one of the messages whose shapes these are. Throws when it is not. */
export function checkedMessage<M>(data: unknown, shapes: Readonly<Record<string, Shape>>): M {
  if (isMessage<M>(data, shapes)) return data;
  throw new Error(`unknown message ${describeType(data)}`);
}

function isMessage<M>(data: unknown, shapes: Readonly<Record<string, Shape>>): data is M {
  const type = typeOf(data);
  const shape = type !== undefined && Object.hasOwn(shapes, type) ? shapes[type] : undefined;
  if (!isObject(data) || shape === undefined) return false;
  const wrong = misfit(data, shape);
  if (wrong === undefined) return true;
  throw new Error(`a message of the type ${type} whose ${JSON.stringify(wrong)} is not what it should be`);
}

/** Only the types of messages are names; the rest is data. */
function describeType(data: unknown): string {
  const type = typeOf(data);
  return type === undefined ? `without a type (${typeof data})` : JSON.stringify(type.slice(0, 80));
}
