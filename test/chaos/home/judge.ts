/** The oracle: whether a future ended as one of its kind may, after what was done to it. */

import { FutureInterrupted, FutureTimeout, WorkerLost, type Outcome } from "futureplan";
import { isDeepStrictEqual } from "node:util";
import type { NaturalEnd } from "./Kind.ts";

export interface Circumstances {
  readonly end: NaturalEnd;
  readonly retries: number;
  /** It was canceled, or its plan was shut down. */
  readonly stopped: boolean;
  /** Workers of its plan were killed from outside, or have several futures at once, which die together. */
  readonly exposed: boolean;
}

export type Verdict = "right" | "lost" | "wrong";

export function judge(outcome: Outcome<unknown>, circumstances: Circumstances): Verdict {
  switch (outcome.status) {
    case "finished":
      return isRight(outcome, circumstances.end) ? "right" : "wrong";
    case "failed":
      return isFailure(outcome.error, outcome.attempts, circumstances);
    case "interrupted":
      if (outcome.error instanceof FutureTimeout) return circumstances.end.type === "timeout" ? "right" : "lost";
      return circumstances.stopped && outcome.error instanceof FutureInterrupted ? "right" : "lost";
    case "canceled":
      return circumstances.stopped ? "right" : "lost";
  }
}

function isRight(outcome: Extract<Outcome<unknown>, { status: "finished" }>, end: NaturalEnd): boolean {
  if (end.type === "error" || end.type === "timeout") return false;
  if (end.type === "dies" && outcome.attempts <= end.times) return false;
  if (end.type === "value" && end.prints !== undefined && end.prints !== textOf(outcome.output)) return false;
  return isDeepStrictEqual(outcome.value, end.value);
}

function textOf(output: Outcome<unknown>["output"]): string {
  return output.map((entry) => (entry.type === "console" ? `${entry.text}\n` : entry.text)).join("");
}

function isFailure(error: unknown, attempts: number, { end, retries, exposed }: Circumstances): Verdict {
  if (end.type === "error" && error instanceof Error && error.name === end.name) return error.message === end.message ? "right" : "wrong";
  if (!(error instanceof WorkerLost)) return "lost";
  const usedUp = attempts === retries + 1;
  return usedUp && (exposed || end.type === "dies") ? "right" : "lost";
}
