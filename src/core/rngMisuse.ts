/**
 * Random numbers drawn without a seed where numbers are to repeat: R's "UNRELIABLE VALUE". Workers watch for what is asked
 * here, and tell of the first draw; it is warned of once.
 */

import { PlanInvalid } from "../errors/errors.ts";
import { drewText, environmentText } from "../errors/words.ts";
import { sourcePosition } from "../platform/sourceMaps.ts";
import type { PlanSpec, RngMisuseMode } from "../plans/PlanSpec.ts";
import { rngMisuseRule } from "../plans/rules.ts";
import type { RngWatch } from "../protocol/messages.ts";
import { currentSession } from "../session/currentSession.ts";
import { engine } from "./engine.ts";
import type { FutureCell } from "./FutureCell.ts";

/** What a future without a seed is watched for. */
export function rngWatch({ options: { rngMisuse = environmentMode } }: PlanSpec): RngWatch | false {
  if (rngMisuse === undefined) return currentSession().seeded && !engine().rngWarned && "own";
  if (rngMisuse === "warn") return !engine().rngWarned && "any";
  return rngMisuse === "error" && rngMisuse;
}

let environmentMode: RngMisuseMode | undefined;

/** To be called before the first future is made. Throws `PlanInvalid` when `FUTURE_RNG_MISUSE` is not valid. */
export function readRngMisuse(env: Readonly<Record<string, string | undefined>>): void {
  const text = env["FUTURE_RNG_MISUSE"]?.trim();
  if (text === undefined || text === "") return;
  if (!rngMisuseRule.accepts(text)) throw new PlanInvalid(environmentText("FUTURE_RNG_MISUSE", text, rngMisuseRule.expected, undefined));
  environmentMode = text;
}

/** A future drew there: `url:line:column`. */
export function warnOfDraw({ name }: FutureCell, place: string): void {
  const own = engine();
  if (own.rngWarned) return;
  own.rngWarned = true;
  process.emitWarning(drewText(name, sourceOf(place)), { type: "FutureWarning", code: "FUTURE_RNG_MISUSE" });
}

function sourceOf(place: string): string {
  const [, url = "", line, column] = /^(.*):(\d+):(\d+)$/.exec(place) ?? [];
  const source = sourcePosition({ url, line: Number(line), column: Number(column) });
  return source === undefined ? place : `${source.url}:${source.line}:${source.column}`;
}
