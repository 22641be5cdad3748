/** A call of `futureMap` as if it were a future: its outcome. */

import { futureMap, type Outcome } from "futureplan";
import type { Chance } from "./Chance.ts";
import { noteStart } from "./starts.ts";

export interface MapCall {
  readonly value: readonly number[];
  readonly retries: number;
  readonly ended: Promise<Outcome<unknown>>;
}

/** Each element notes its start as `<key>:<index>`. */
export function mapCall(key: string, book: string, chance: Chance): MapCall {
  const length = chance.integer(1, 120);
  const retries = chance.of([0, 20]);
  const chunks = chance.of([{ chunkSize: 7 }, { scheduling: 2.5 }, { scheduling: "auto" as const }, {}]);
  const numbers = Array.from({ length }, (_, index) => index);
  const double = (x: number, index: number): number => {
    noteStart(book, `${key}:${index}`);
    return x * 2;
  };
  const ended = futureMap(numbers, double, { ...chunks, retries }).then(
    (value): Outcome<unknown> => ({ ...noFacts, status: "finished", value }),
    (error: unknown): Outcome<unknown> => ({ ...noFacts, attempts: retries + 1, ...statusOf(error), error }),
  );
  return { value: numbers.map((x) => x * 2), retries, ended };
}

const noFacts = { output: [], warnings: [], started: undefined, finished: undefined, worker: undefined, attempts: 1 };

function statusOf(error: unknown): { status: "failed" | "interrupted" | "canceled" } {
  const name = error instanceof Error ? error.name : "";
  return { status: name === "FutureCanceled" ? "canceled" : name === "FutureInterrupted" ? "interrupted" : "failed" };
}
