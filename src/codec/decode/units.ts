/**
 * Code units: compiled once per thread, then linked as often as needed (0.1 µs each), so that code stays hot.
 * Real bindings, never `with`; file name and offsets put the user's own lines into stack traces.
 */

import { Script } from "node:vm";
import type { CodeUnit } from "../Encoded.ts";
import type { Unlock } from "./decodePrivate.ts";

/**
 * `make(heritage, computedKeys)` gives the function, or an object with it as its one accessor; `bind(values)` sets the names it takes from outside;
 * `unlock`: of a class whose instances have private state.
 */
export type Linked = readonly [
  make: (heritage?: unknown, keys?: readonly unknown[]) => object,
  bind: (values: readonly unknown[]) => void,
  unlock?: Unlock,
];

const compiled = new Map<string, () => Linked>();
const known = new Map<string, CodeUnit>();

/** Remembers a unit; it is compiled at first use. */
export function defineUnit(unit: CodeUnit): void {
  if (!known.has(unit.id)) known.set(unit.id, unit);
}

export function findUnit(id: string): CodeUnit | undefined {
  return known.get(id);
}

/** Whether functions came from this file, packages aside. */
export function hasUnitsOf(url: string): boolean {
  if (url.includes("/node_modules/")) return false;
  for (const unit of known.values()) if (unit.url === url) return true;
  return false;
}

/** A fresh instance of the unit's scope. */
export function linkUnit(id: string): Linked {
  let factory = compiled.get(id);
  if (factory === undefined) {
    const unit = known.get(id);
    if (unit === undefined) throw new Error(`code unit ${id} was not sent`);
    factory = compile(unit);
    compiled.set(id, factory);
  }
  return factory();
}

function compile(unit: CodeUnit): () => Linked {
  if (unit.imports) silenceLoaderWarning();
  const script = new Script(unit.source, {
    filename: unit.url,
    lineOffset: unit.line,
    columnOffset: unit.column,
    // A function here throws on Node 20; the constant makes `import()` resolve against `filename`.
    ...(unit.imports && { importModuleDynamically: loader }),
  });
  return script.runInThisContext() as () => Linked; // the shape that `globals/` gives every unit
}

/** Typed as a function only. */
export const loader: never = process.getBuiltinModule("node:vm").constants.USE_MAIN_CONTEXT_DEFAULT_LOADER as unknown as never;

let silenced = false;

/** Node 20 warns once, at the first `import()` through the loader constant: let that be one of ours. */
export function silenceLoaderWarning(): void {
  if (silenced) return;
  silenced = true;
  const script = new Script("import('node:vm')", { importModuleDynamically: loader });
  quietly(() => script.runInThisContext());
}

/** Runs `body` without the warnings that it gives synchronously. */
function quietly<T>(body: () => T): T {
  const original = process.emitWarning;
  process.emitWarning = () => undefined;
  try {
    return body();
  } finally {
    process.emitWarning = original;
  }
}
