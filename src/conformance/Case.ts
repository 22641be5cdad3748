/**
 * What a conformance case is: data with a function, known to no test runner. `define` turns one
 * definition into one `Case` per combination of its arguments.
 */

import type { Capabilities, PlanSpec } from "../index.ts";
import type { Output, Seen } from "./host/captureOutput.ts";
import type { ScriptOptions, ScriptResult } from "./host/runScript.ts";

/** What a case may be repeated over. */
export interface Arguments {
  readonly lazy: boolean;
  /** How the function under test reaches the worker: as the future's own function, as an argument of another, or from a future within another. */
  readonly via: "itself" | "argument" | "nested";
}

/** What a case finds: the plan under test is set already, with warm workers; whoever disturbs them opens `plan` anew with `withPlan`. */
export interface Context extends Arguments {
  readonly plan: PlanSpec;
  /** The same plan with one worker. */
  readonly single: PlanSpec;
  readonly capabilities: Capabilities;
  /** Runs `body` and gives what it wrote at home: console, streams and warnings, none of which is shown. `seen` waits for a text. */
  captureOutput(body: (seen: Seen) => unknown): Promise<Output>;
  /** Runs a module in a process of its own, with everything of `futureplan` imported as `fp` and the plan under test set. */
  runScript(source: string, options?: ScriptOptions): Promise<ScriptResult>;
  /** Writes files into a fresh directory and imports the first one; the same object again is the same module again. */
  importFiles(files: Readonly<Record<string, string>>): Promise<Readonly<Record<string, unknown>>>;
  /** The path of a new empty directory. */
  directory(): string;
}

export interface Definition {
  /** A sentence of behaviour. */
  readonly title: string;
  readonly tags?: readonly string[];
  /** Capabilities without which the case is skipped. */
  readonly needs?: readonly (keyof Capabilities)[];
  readonly args?: { readonly [Name in keyof Arguments]?: readonly Arguments[Name][] };
  run(context: Context): unknown;
}

/** One definition with its arguments chosen; the title names them and is unique. */
export interface Case {
  readonly title: string;
  readonly tags: readonly string[];
  readonly needs: readonly (keyof Capabilities)[];
  readonly args: Arguments;
  run(context: Context): unknown;
}
