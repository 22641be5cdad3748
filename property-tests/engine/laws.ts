/**
 * The laws of the engine, about a run that is over. They are written from the design's text, not from the code: the
 * table of states is here once more.
 */

import { expect } from "vitest";
import { FutureCanceled, FutureInterrupted, FutureTimeout, LaunchError, WorkerLost } from "../../src/errors/errors.ts";
import type { StateTag } from "../../src/core/FutureState.ts";
import type { Book, Launch } from "./Book.ts";
import { uncaught } from "./userCode.ts";
import type { OpenedPlan } from "./OpenedPlan.ts";
import type { World } from "./World.ts";

/** `failed` before `running` is trouble of ours. */
const table: Readonly<Record<StateTag, readonly StateTag[]>> = {
  created: ["queued", "canceled"],
  queued: ["sent", "canceled", "failed"],
  sent: ["running", "queued", "canceled", "failed"],
  running: ["finished", "failed", "interrupted", "queued"],
  finished: [],
  failed: [],
  interrupted: [],
  canceled: [],
};

type Law = (book: Book, launch: Launch) => void;

export function everyChangeIsAnEdge(_: Book, { states }: Launch): void {
  for (const [index, state] of states.entries()) {
    const before = states[index - 1];
    if (before !== undefined && !table[before].includes(state))
      expect(table[before], `from ${before} to ${state}, in ${states.join()}`).toContain(state);
  }
}

/** Nothing that was launched waits for ever, and nothing ends twice: the last state is the only one that is an end. */
export function everyLaunchEndsOnce({ work }: Book, { states, end }: Launch): void {
  expect(end?.tag, `the end of ${work.number}`).toBe(states.at(-1));
  expect(states.filter((state) => table[state].length === 0).length, states.join()).toBe(1);
}

export function valuesAreRight({ expected }: Book, { end }: Launch): void {
  if (end?.tag === "finished") expect(end.value).toBe(expected);
}

/** Whether a future that it uses ended by this error. */
function isOfUsed({ uses }: Book, error: unknown): boolean {
  return uses.some(({ launches }) => launches.some(({ end }) => end?.error === error));
}

/** A failure is the user's own, that of a future that it uses, or trouble that there was. */
export function errorsAreTrue(book: Book, { begins, end }: Launch): void {
  if (end?.tag !== "failed") return;
  const { error } = end;
  if (isOfUsed(book, error)) return;
  if (error instanceof WorkerLost || error instanceof LaunchError) {
    expect(book.plan.isTroubled, `nothing troubled its plan: ${error.message}`).toBe(true);
    expect(error.message).not.toContain("has been shut down");
    return;
  }
  expect(begins.length).toBeGreaterThan(0);
  if (book.plan.isTroubled && error instanceof Error && error.message === uncaught) return;
  expect(error).toMatchObject({ name: "RangeError", message: `future ${book.work.number} fails` });
  expect(book.work.fails).toBe(true);
}

export function nothingIsStoppedUnasked({ isAsked, timeout }: Book, { begins, end }: Launch): void {
  if (end?.error instanceof FutureTimeout && end.tag === "interrupted") {
    expect(timeout).toBeDefined();
    expect(begins.length).toBeGreaterThan(0);
  } else if (end?.tag === "interrupted" || end?.tag === "canceled") {
    expect(end.error).toBeInstanceOf(end.tag === "canceled" ? FutureCanceled : FutureInterrupted);
    expect(isAsked, "it was stopped").toBe(true);
  }
}

function heardBegins({ begins }: Launch): number {
  return begins.filter(({ isUnheard }) => !isUnheard).length;
}

/** Losing workers before it begins costs nothing; each retry is one run more. */
export function codeBeginsAsOftenAsAllowed({ retries }: Book, launch: Launch): void {
  expect(heardBegins(launch)).toBeLessThanOrEqual(retries + 1);
}

/** Of a worker that was cut off or gave no sign of life nobody knows what it has begun. */
export function attemptsAreBegins({ plan }: Book, launch: Launch): void {
  const attempts = launch.end?.attempts ?? 0;
  if (plan.isUncertain) expect(attempts).toBeGreaterThanOrEqual(heardBegins(launch));
  else expect(attempts).toBe(launch.begins.length);
}

/** What was lost, and went back to the queue, may be canceled there: each time it can have begun once. */
export function whatIsCanceledHasNotBegun({ plan }: Book, { begins, states, end }: Launch): void {
  const again = states.filter((state, index) => state === "queued" && states[index - 1] !== "created" && index > 0).length;
  if (end?.tag === "canceled" && !plan.isUncertain) expect(begins.length).toBeLessThanOrEqual(again);
}

export function lostOnlyWithoutRetries(book: Book, { begins, end }: Launch): void {
  if (!(end?.error instanceof WorkerLost) || book.plan.isUncertain || isOfUsed(book, end.error)) return;
  expect(begins.length).toBe(book.retries + 1);
}

export function futuresKeepTheirPlan({ plan }: Book, { begins }: Launch): void {
  for (const begin of begins) expect(begin.plan.number).toBe(plan.number);
}

/** Where no worker is lost or fails to start, and no closed pool still ends beside a new one, futures that wait for no other are sent in the order in which they were queued. */
export function firstInFirstOut({ plans, books }: World): void {
  for (const plan of plans.filter(({ isTroubled, pools }) => !isTroubled && pools.length === 1))
    inOrder(launchesOf(books, plan), ({ sentAt }) => sentAt);
}

/** Where one runs at a time, they also begin in that order, even if workers that had not begun them are lost: they go back to the front. */
export function firstInFirstBegun({ plans, books }: World): void {
  for (const plan of plans) {
    const { workers, concurrency } = plan.kind;
    if (workers * concurrency === 1 && !plan.isUncertain && plan.pools.length === 1)
      inOrder(launchesOf(books, plan), ({ begins }) => begins[0]?.at);
  }
}

function launchesOf(books: readonly Book[], plan: OpenedPlan): Launch[] {
  return books.filter((book) => book.plan === plan && book.uses.length === 0).flatMap(({ launches }) => launches);
}

function inOrder(launches: readonly Launch[], timeOf: (launch: Launch) => number | undefined): void {
  const timed = launches.flatMap((launch) => {
    const at = timeOf(launch);
    return at === undefined ? [] : { at, queued: launch.queuedAt ?? 0 };
  });
  const queued = timed.toSorted((one, other) => one.at - other.at).map((one) => one.queued);
  expect(queued).toEqual(queued.toSorted((one, other) => one - other));
}

export function everyQuestionIsAnswered({ questions }: World): void {
  expect(questions.filter(({ isAnswered }) => !isAnswered).map(({ label }) => label)).toEqual([]);
}

export function nothingIsLeft({ workers, clock }: World): void {
  expect(workers.filter(({ isAlive }) => isAlive).map(({ init }) => init.name)).toEqual([]);
  expect(clock.armed).toBe(0);
}

export function nothingThrows({ faults }: World): void {
  const [first] = faults;
  if (first !== undefined) throw first;
}

const lawsOfFutures: Readonly<Record<string, Law>> = {
  everyChangeIsAnEdge,
  everyLaunchEndsOnce,
  valuesAreRight,
  errorsAreTrue,
  nothingIsStoppedUnasked,
  codeBeginsAsOftenAsAllowed,
  attemptsAreBegins,
  whatIsCanceledHasNotBegun,
  lostOnlyWithoutRetries,
  futuresKeepTheirPlan,
};

const lawsOfWorlds: Readonly<Record<string, (world: World) => void>> = {
  nothingThrows,
  everyQuestionIsAnswered,
  firstInFirstOut,
  firstInFirstBegun,
  nothingIsLeft,
};

/** Says which law is broken, and by which future. */
export function everyLawHolds(world: World): void {
  for (const [name, law] of Object.entries(lawsOfWorlds)) named(`law ${name}`, () => law(world));
  for (const [name, law] of Object.entries(lawsOfFutures)) {
    for (const book of world.books) {
      for (const launch of book.launches) named(`law ${name}, future ${book.work.number}`, () => law(book, launch));
    }
  }
}

function named(name: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
