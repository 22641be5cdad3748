/** Runs the suite against one plan, case by case, and says what became of each. */

import { conformanceCases } from "./conformanceCases.ts";
import type { Case } from "./Case.ts";
import { openContext, type Suite } from "./openContext.ts";
import type { PlanSpec } from "../index.ts";

export interface ConformanceOptions {
  /** Titles of cases to leave out, each with the reason. A title that does not exist is an error. */
  readonly skip?: Readonly<Record<string, string>>;
  /** Only the cases whose title contains this. */
  readonly only?: string;
  /** Source that child scripts run first, to register the backend under test; `futureplan` is `fp` there. */
  readonly preamble?: string;
  /** Milliseconds after which a case has failed. */
  readonly deadline?: number;
  /** Receives one line per case. */
  readonly report?: (line: string) => void;
}

export interface Skipped {
  readonly title: string;
  readonly reason: string;
}

export interface Failed {
  readonly title: string;
  readonly error: unknown;
}

export interface Report {
  /** Titles of the cases that passed. */
  readonly ok: readonly string[];
  readonly skipped: readonly Skipped[];
  readonly failed: readonly Failed[];
}

/** One run of the suite against one plan, for test runners that want a test per case. */
export interface Conformance {
  /** Why a case does not apply to this plan; `undefined`: it does. */
  reasonToSkip(each: Case): string | undefined;
  /** Runs a case; rejects when it fails or hangs. */
  run(each: Case): Promise<void>;
  /** Puts the former plan back. */
  close(): Promise<void>;
}

/** Sets `plan` and gets ready for cases. */
export function openConformance(plan: PlanSpec | string, options: ConformanceOptions = {}): Conformance {
  const { skip = {}, deadline = 30_000, preamble = "" } = options;
  const unknown = Object.keys(skip).find((title) => conformanceCases().every((each) => each.title !== title));
  if (unknown !== undefined) throw new Error(`There is no conformance case "${unknown}" to skip.`);
  let suite = openContext(plan, preamble, deadline);
  return {
    reasonToSkip: (each) => skip[each.title] ?? lacking(suite, each),
    run: async (each) => {
      try {
        await inTime(started(suite, each), deadline);
      } catch (error) {
        // What hangs may occupy the plan: the next case gets a fresh one.
        if (error instanceof Hanging) {
          await Promise.race([suite.close(), pause(2000)]);
          suite = openContext(plan, preamble, deadline);
        }
        throw error;
      }
    },
    close: () => suite.close(),
  };
}

/** Runs all cases against a plan, one after the other. Cases are skipped by capability, or by name with a reason. */
export async function runConformance(plan: PlanSpec | string, options: ConformanceOptions = {}): Promise<Report> {
  const { only = "", report = (): void => undefined } = options;
  const conformance = openConformance(plan, options);
  const ok: string[] = [];
  const skipped: Skipped[] = [];
  const failed: Failed[] = [];
  try {
    for (const each of conformanceCases().filter(({ title }) => title.includes(only))) {
      const reason = conformance.reasonToSkip(each);
      if (reason === undefined) {
        await conformance.run(each).then(
          () => ok.push(each.title),
          (error: unknown) => failed.push({ title: each.title, error }),
        );
      } else skipped.push({ title: each.title, reason });
      report(
        reason !== undefined
          ? `skipped ${each.title}: ${reason}`
          : ok.at(-1) === each.title
            ? `ok      ${each.title}`
            : `FAILED  ${each.title}: ${String(failed.at(-1)?.error)}`,
      );
    }
  } finally {
    await conformance.close();
  }
  return { ok, skipped, failed };
}

function lacking(suite: Suite, each: Case): string | undefined {
  const missing = each.needs.filter((name) => !suite.capabilities[name]);
  return missing.length === 0 ? undefined : `${suite.plan.backend} lacks ${missing.join(", ")}`;
}

/** A case that throws at once fails like one that rejects. */
async function started(suite: Suite, each: Case): Promise<void> {
  await each.run(suite.context(each.args));
}

class Hanging extends Error {}

async function inTime(running: Promise<void>, deadline: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const alarm = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Hanging(`It hangs: not over after ${deadline} ms.`)), deadline);
  });
  try {
    await Promise.race([running, alarm]);
  } finally {
    clearTimeout(timer);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
