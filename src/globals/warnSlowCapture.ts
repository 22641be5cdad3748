/** A warning about captures that block home: of very many functions, or very long. Once for each place that they come from. */

import { renderPath, type Path } from "../codec/encode/Path.ts";
import { slowCaptureText } from "../errors/words.ts";
import { systemClock } from "../platform/clock.ts";
import type { Capture } from "./Capture.ts";
import type { FunctionRecord } from "./FunctionRecord.ts";
import { largestParts, type Root } from "./largestParts.ts";

const many = 5000;
const longMs = 1000;
const warned = new Set<string>();

/** `started`: by the precise clock. */
export function warnSlowCapture(capture: Capture, started: number, label: string | undefined): void {
  const duration = systemClock.precise() - started;
  const { records, variables } = capture;
  if (duration < longMs && records.length <= many) return;
  const heaviest = mostFunctions(records);
  const path = heaviest.functions > 1 ? renderPath(heaviest.path) : largestOf(capture, variables);
  if (warned.has(path)) return;
  warned.add(path);
  const text = slowCaptureText({
    label,
    path,
    duration,
    functions: records.length,
    package: heaviest.functions > 1 ? heaviest.package : undefined,
  });
  process.emitWarning(text, { type: "FutureWarning", code: "FUTURE_SLOW_CAPTURE" });
}

function largestOf(capture: Capture, variables: readonly Root[]): string {
  return largestParts(variables, (value) => capture.reference(value) !== undefined)[0]?.name ?? "its own variables";
}

interface Heaviest {
  readonly path: Path | undefined;
  readonly functions: number;
  readonly package: string | undefined;
}

/** The captured variable of the future's own function that most functions are below. */
function mostFunctions(records: readonly FunctionRecord[]): Heaviest {
  const below = new Map<Path["name"], FunctionRecord[]>();
  for (const record of records.slice(1)) {
    const { name } = variableAbove(record.path);
    const others = below.get(name);
    if (others === undefined) below.set(name, [record]);
    else others.push(record);
  }
  const [most = []] = [...below.values()].toSorted((a, b) => b.length - a.length);
  const [first] = most;
  return { path: first && variableAbove(first.path), functions: most.length, package: packageOf(most) };
}

function variableAbove(path: Path): Path {
  return path.up?.up === undefined ? path : variableAbove(path.up);
}

/** The package in which most of them are written. */
function packageOf(records: readonly FunctionRecord[]): string | undefined {
  const counts = new Map<string | undefined, number>();
  for (const { site } of records) {
    const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(site.script?.url ?? "")?.[1];
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}
