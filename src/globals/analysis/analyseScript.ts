/**
 * Facts about a whole script: its imports and exports, and for any name used in one of its functions the declaration
 * that it means. Costs 7 to 28 ms for 12 kB when cold, so callers ask only when they must and keep the result.
 */

import type { Options, Program } from "acorn";
import { loadAcorn } from "../../platform/acorn.ts";
import { hasUseStrict } from "./functions.ts";
import { moduleFacts, type ModuleFacts } from "./moduleFacts.ts";
import { resolve } from "./resolve.ts";
import { Scope, type Binding, type BindingKind, type Range } from "./Scope.ts";
import { walkTree } from "./walkTree.ts";

/** `function`: the body of a function, which is what V8 keeps of a CommonJS module. */
export type ScriptKind = "module" | "script" | "function";

export interface BindingFacts {
  readonly kind: BindingKind;
  /**
   * Something may give it another value than its declaration does. Not counted: that a `var` is `undefined` before its
   * initialiser, that an import is live, and that other scripts may write a script's top-level variables.
   */
  readonly assigned: boolean;
  /** Code assigns it that may run at any time: of a function within its scope. What it holds depends on what the program did. */
  readonly changes: boolean;
  /** The node whose scope declares it; equal ranges are the same scope. */
  readonly scope: Range;
  /** Where its name stands in the declaration. */
  readonly declaredAt: number;
  /** How many functions in the script use it from outside their own text, those around an inner user included. */
  readonly capturedBy: number;
}

/** A function or class of a script: `source.slice(start, end)` is its `toString`. */
export interface FunctionRange extends Range {
  readonly strict: boolean;
}

export interface ScriptFacts extends ModuleFacts {
  /** What `name` means to the code of the function at `position`; `undefined` if the script does not declare it. */
  readonly bindingAt: (position: number, name: string) => BindingFacts | undefined;
  /** The innermost function or class around `position`, which may be where V8 says that the function is. */
  readonly functionAt: (position: number) => FunctionRange | undefined;
  /**
   * Whether the variable that `name` means to the function `writer` surrounds the call, and is read behind it before it is written
   * again, in the order of the text.
   */
  readonly isReadAfter: (name: string, writer: Range, call: Range) => boolean;
}

/** Analyses a script, or returns `undefined` where it cannot be parsed or is nested too deeply to be walked. */
export function analyseScript(source: string, kind: ScriptKind): ScriptFacts | undefined {
  try {
    const program = parse(source, kind);
    return program && factsOf(program, source, kind);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Exported name → local name, of a module of which nothing else is asked. */
export function exportedVariables(source: string): ReadonlyMap<string, string> {
  const program = parse(source, "module");
  return program === undefined ? new Map<string, string>() : moduleFacts(program).exports;
}

function factsOf(program: Program, source: string, kind: ScriptKind): ScriptFacts {
  const strict = kind === "module" || hasUseStrict(program.body);
  const top = new Scope("program", { start: 0, end: source.length }, undefined, { strict });
  resolve(walkTree(program, top, 0));
  return {
    ...moduleFacts(program),
    bindingAt(position, name) {
      const binding = innermost(top, position).lookup(name);
      return binding && bindingFacts(binding);
    },
    functionAt: (position) => functionRange(innermost(top, position), source),
    isReadAfter(name, writer, call) {
      const binding = innermost(top, writer.start).lookup(name);
      return binding !== undefined && isReadBehind(binding, writer, call);
    },
  };
}

function parse(source: string, kind: ScriptKind): Program | undefined {
  if (kind === "module") return tryParse(source, { sourceType: "module" });
  const plain = tryParse(source, { sourceType: kind === "function" ? "commonjs" : "script", allowReturnOutsideFunction: true });
  return plain ?? tryParse(source, { sourceType: "script", allowReturnOutsideFunction: true, allowAwaitOutsideFunction: true });
}

function tryParse(source: string, options: Partial<Options>): Program | undefined {
  try {
    return loadAcorn().parse(source, { ecmaVersion: "latest", ...options });
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function innermost(scope: Scope, position: number): Scope {
  const child = scope.children.find(({ start, end }) => start <= position && position < end);
  return child === undefined ? scope : innermost(child, position);
}

function bindingFacts(binding: Binding): BindingFacts {
  const { kind, scope, start } = binding;
  const isWritten = binding.references.some(({ use, scope: from }) => (use === "write" || use === "update") && runsLater(from, scope));
  return {
    kind,
    changes: isWritten || (scope.hasEval && kind !== "const" && kind !== "import"),
    assigned: binding.assigned || (scope.hasEval && kind !== "const" && kind !== "import"),
    scope: { start: scope.start, end: scope.end },
    declaredAt: start,
    capturedBy: countCaptors(binding),
  };
}

/** Fields and static blocks of a class count as run by the scope around it. */
function runsLater(from: Scope, outer: Scope): boolean {
  for (let inner: Scope | undefined = from; inner !== undefined && inner !== outer; inner = inner.parent) {
    if (inner.kind === "function") return true;
  }
  return false;
}

function isReadBehind({ kind, scope, references }: Binding, writer: Range, call: Range): boolean {
  if ((kind !== "let" && kind !== "var" && kind !== "param") || call.start < scope.start || call.start >= scope.end) return false;
  const behind = references.filter(({ start }) => start >= call.end && (start < writer.start || start >= writer.end));
  const [next] = behind.filter(({ use }) => use === "read" || use === "write" || use === "init").toSorted((a, b) => a.start - b.start);
  return next?.use === "read";
}

function countCaptors(binding: Binding): number {
  const captors = new Set<Scope>();
  for (const { scope } of binding.references) {
    for (let inner: Scope | undefined = scope; inner !== undefined && inner !== binding.scope; inner = inner.parent) {
      if (inner.kind === "function") captors.add(inner);
    }
  }
  return captors.size;
}

function functionRange(scope: Scope, source: string): FunctionRange | undefined {
  for (let outer: Scope | undefined = scope; outer !== undefined; outer = outer.parent) {
    if (outer.kind !== "function" && outer.kind !== "class") continue;
    const start = outer.textStart === outer.start ? outer.start : afterStatic(source, outer.textStart);
    return { start, end: outer.end, strict: outer.strict };
  }
  return undefined;
}

const staticWord = /static(?:\s|\/\*[^]*?\*\/|\/\/.*)*(?![\s(/])/y;

/** The text of a static method begins after that word; of one that is named `static`, with it. */
function afterStatic(source: string, start: number): number {
  staticWord.lastIndex = start;
  return start + (staticWord.exec(source)?.[0].length ?? 0);
}
