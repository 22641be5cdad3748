/** Arbitrary graphs of values: nodes of every kind that refer to each other in any way, cycles included. */

import * as fc from "fast-check";
import { fillNumbers, fillSelection, fillTable } from "./lists.ts";

export class Point {
  x: unknown = 0;
  get double(): unknown {
    return this.x;
  }
}

export class Stack extends Array<unknown> {
  top(): unknown {
    return this.at(-1);
  }
}

export class Registry extends Map<unknown, unknown> {}

export class Failure extends RangeError {
  override name = "Failure";
}

const local = Symbol("local");

const kinds = [
  "object",
  "bare",
  "array",
  "holey",
  "map",
  "set",
  "date",
  "pattern",
  "error",
  "failure",
  "aggregate",
  "boxed",
  "url",
  "instance",
  "stack",
  "registry",
  "bytes",
  "floats",
  "buffer",
  "data",
  "wholeBuffer",
  "frozen",
  "sealed",
  "hidden",
  "exception",
  "arguments",
  "numbers",
  "table",
  "selection",
] as const;

/** `weak`: what cannot travel; no graph has it unless it is put there. */
export type Kind = (typeof kinds)[number] | "weak";

/** What a node holds: an atom, or the node of that number. */
type Part = { readonly atom: unknown } | { readonly node: number };

export interface Node {
  readonly kind: Kind;
  readonly keys: readonly (string | symbol)[];
  readonly parts: readonly Part[];
  readonly number: number;
}

export interface Recipe {
  readonly nodes: readonly Node[];
}

const atom: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    true,
    false,
    -0,
    0,
    NaN,
    Infinity,
    5e-324,
    "",
    "\ud800",
    "__proto__",
    local,
    Symbol.iterator,
    Symbol.for("registered"),
    10n ** 30n,
  ),
  fc.integer(),
  fc.double(),
  fc.string(),
  fc.bigInt(),
);
const key = fc.oneof(
  fc.string(),
  fc.constantFrom<string | symbol>("__proto__", "constructor", "1", "0", "name", "then", "toJSON", local, Symbol.toStringTag),
);
const part: fc.Arbitrary<Part> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ atom }) },
  { weight: 3, arbitrary: fc.record({ node: fc.nat(20) }) },
);

function recipes(from: readonly Kind[], maxLength: number): fc.Arbitrary<Recipe> {
  const node: fc.Arbitrary<Node> = fc.record({
    kind: fc.constantFrom(...from),
    keys: fc.array(key, { maxLength: 5 }),
    parts: fc.array(part, { maxLength: 5 }),
    number: fc.nat(300),
  });
  return fc.record({ nodes: fc.array(node, { minLength: 1, maxLength }) });
}

export const graphs: fc.Arbitrary<Recipe> = recipes(kinds, 12);
/** Data sets: long lists of numbers, tables, and what refers to their rows. */
export const dataSets: fc.Arbitrary<Recipe> = recipes(["numbers", "table", "table", "selection", "object", "date", "map"], 7);

/** The nodes as values. Views share one buffer. `weak`: what is made of nodes that cannot travel. */
export function buildGraph({ nodes }: Recipe, weak: () => object = () => new WeakRef({})): unknown[] {
  const shared = new ArrayBuffer(128);
  new Uint8Array(shared).forEach((_, index, bytes) => (bytes[index] = index * 7));
  const shells = nodes.map((each) => (each.kind === "weak" ? weak() : makeShell(each, shared)));
  const fill = (each: Node, index: number): void => {
    const contents = each.parts.map((one) => ("node" in one ? shells[one.node % shells.length] : one.atom));
    fillShell(each, shells[index] as object, contents);
  };
  nodes.forEach((each, index) => each.kind !== "selection" && fill(each, index));
  nodes.forEach((each, index) => each.kind === "selection" && fill(each, index));
  nodes.forEach(({ kind }, index) => close(kind, shells[index] as object));
  return shells;
}

function makeShell({ kind, number }: Node, shared: ArrayBuffer): object {
  switch (kind) {
    case "weak":
    case "bare":
      return Object.create(null) as object;
    case "array":
    case "holey":
    case "numbers":
    case "table":
    case "selection":
      return [];
    case "map":
      return new Map();
    case "set":
      return new Set();
    case "date":
      return new Date(number % 7 === 0 ? NaN : number * 1e9);
    case "pattern":
      return Object.assign(/a(b)?/gu, { lastIndex: number });
    case "error":
      return new TypeError(`error ${number}`);
    case "failure":
      return new Failure(`failure ${number}`);
    case "aggregate":
      return new AggregateError([], "several");
    case "boxed":
      return Object([number, "text", true, 5n, local][number % 5]) as object;
    case "url":
      return new URL(`https://example.org/${number}?q=1`);
    case "instance":
      return new Point();
    case "stack":
      return new Stack();
    case "registry":
      return new Registry();
    case "bytes":
      return new Uint8Array(shared, number % 40, number % 5);
    case "floats":
      return new Float64Array(shared, (number % 8) * 8, number % 4);
    case "buffer":
      return Buffer.from(shared, number % 40, 3);
    case "data":
      return new DataView(shared, number % 40);
    case "wholeBuffer":
      return shared;
    case "exception":
      return new DOMException(`exception ${number}`, "DataError");
    case "arguments":
      return (function (..._items: unknown[]): object {
        // oxlint-disable-next-line prefer-rest-params -- an arguments object is what is wanted
        return arguments;
      })(number, "second");
    case "object":
    case "frozen":
    case "sealed":
    case "hidden":
      return {};
  }
}

function fillShell({ kind, keys, number }: Node, shell: object, contents: readonly unknown[]): void {
  if (shell instanceof Map) contents.forEach((each, index) => shell.set(contents[index + 1] ?? index, each));
  else if (shell instanceof Set) for (const each of contents) shell.add(each);
  else if (kind === "array" || kind === "stack") (shell as unknown[]).push(...contents);
  else if (kind === "numbers") fillNumbers(shell as unknown[], number, contents);
  else if (kind === "table") fillTable(shell as unknown[], keys, number, contents);
  else if (kind === "selection") fillSelection(shell as unknown[], contents);
  else if (kind === "holey") contents.forEach((each, index) => Reflect.set(shell, index * 2 + (number % 3), each));
  else if (kind === "aggregate") (shell as AggregateError).errors = [...contents];
  else if (kind === "weak" || kind === "wholeBuffer" || kind === "boxed" || kind === "arguments") return;
  else keys.forEach((each, index) => define(shell, each, contents[index], kind === "hidden" ? number + index : 7));
}

/** `flags` as bits: enumerable, writable, configurable. */
function define(shell: object, name: string | symbol, value: unknown, flags: number): void {
  const isElement = ArrayBuffer.isView(shell) && typeof name === "string" && (String(Number(name)) === name || name === "-0");
  // V8 writes an error's name into its stack, calling its toString.
  if (
    isElement ||
    Object.hasOwn(shell, name) ||
    name === "stack" ||
    (name === "name" && shell instanceof Error && typeof value !== "string")
  )
    return;
  Object.defineProperty(shell, name, {
    value,
    enumerable: (flags & 1) !== 0,
    writable: (flags & 2) !== 0,
    configurable: (flags & 4) !== 0,
  });
}

function close(kind: Kind, shell: object): void {
  if (kind === "frozen") Object.freeze(shell);
  if (kind === "sealed") Object.seal(shell);
}
