/**
 * `futureplan/testing`: the conformance suite, for authors of backends. Run it whole with `runConformance`,
 * or case by case in a test runner with `openConformance` and `conformanceCases`.
 */

export type { Arguments, Case, Context } from "./conformance/Case.ts";
export { conformanceCases } from "./conformance/conformanceCases.ts";
export type { Output, Piece, Seen } from "./conformance/host/captureOutput.ts";
export type { ScriptOptions, ScriptResult } from "./conformance/host/runScript.ts";
export { openConformance, runConformance } from "./conformance/runConformance.ts";
export type { Conformance, ConformanceOptions, Failed, Report, Skipped } from "./conformance/runConformance.ts";
