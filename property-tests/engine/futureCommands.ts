/** What users do with futures: make, cancel, abort, reset. */

import fc from "fast-check";
import { expect } from "vitest";
import { cancel } from "../../src/api/cancel.ts";
import { future } from "../../src/api/future.ts";
import { futureMap } from "../../src/api/maps/futureMap.ts";
import { reset } from "../../src/api/reset.ts";
import type { Future } from "../../src/core/Future.ts";
import type { FutureOptions } from "../../src/core/FutureOptions.ts";
import { OptionInvalid } from "../../src/errors/errors.ts";
import { currentSession } from "../../src/session/currentSession.ts";
import { Act, choose, chooseAll, type Command } from "./Act.ts";
import { Book, type Work } from "./Book.ts";
import { mapLaw } from "./mapLaw.ts";
import type { OpenedPlan } from "./OpenedPlan.ts";
import { answer, element } from "./userCode.ts";
import type { World } from "./World.ts";

interface Submission {
  /** So many at once, alike. */
  readonly count: number;
  readonly fails: boolean;
  readonly lazy: boolean;
  readonly retries: number;
  readonly timeout: number | undefined;
  readonly uses: readonly number[];
  /** It captures what it uses, instead of being given it. */
  readonly captures: boolean;
  readonly signal: number | undefined;
  readonly scope: number | undefined;
}

const rarely = fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat(1) });

const submission: fc.Arbitrary<Submission> = fc.record({
  count: fc.constantFrom(1, 1, 2, 5),
  fails: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  lazy: fc.constantFrom(false, false, false, true),
  retries: fc.constantFrom(0, 0, 1, 2),
  timeout: fc.constantFrom(undefined, undefined, 50),
  uses: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(fc.nat(20), { maxLength: 2 }) }),
  captures: fc.constantFrom(false, false, false, true),
  signal: rarely,
  scope: rarely,
});

/** Does something under a plan that holds somewhere. */
function under(world: World, scope: number | undefined, action: (plan: OpenedPlan) => void): void {
  const chosen = scope === undefined ? undefined : choose(world.scopes, scope);
  if (chosen === undefined) return action(world.base);
  chosen.inside(() => action(chosen.plan));
}

function submit(world: World, given: Submission): void {
  under(world, given.scope, (plan) => {
    for (let count = 0; count < given.count; count++) submitOne(world, given, plan);
  });
}

function submitOne(world: World, given: Submission, plan: OpenedPlan): void {
  const { fails, lazy, retries, timeout } = given;
  const work = { number: world.books.length, fails };
  const uses = chooseAll(world.books, given.uses);
  const signal = given.signal === undefined ? undefined : world.controllers[given.signal]?.signal;
  const options: FutureOptions = { lazy, retries, timeout, signal, label: `number ${work.number}` };
  const after = currentSession().count;
  const made = make(work, uses, given.captures, options);
  world.books.push(new Book({ work, future: made, plan, uses, retries, timeout, signal, after, tick: world.tick }));
}

function make({ number, fails }: Work, uses: readonly Book[], captures: boolean, options: FutureOptions): Future<number> {
  const used = uses.map((book) => book.future);
  if (!captures) return future(answer, [number, fails, ...used], options);
  const inputs: readonly unknown[] = used; // futures here, their values there
  return future(() => answer(number, fails, ...(inputs as readonly number[])), options);
}

interface MapCall {
  readonly elements: readonly number[];
  readonly chunkSize: number;
  readonly retries: number;
  readonly scope: number | undefined;
}

const mapCall: fc.Arbitrary<MapCall> = fc.record({
  elements: fc.array(fc.oneof({ weight: 6, arbitrary: fc.nat(50) }, { weight: 1, arbitrary: fc.constantFrom(-1, -2) }), { maxLength: 6 }),
  chunkSize: fc.integer({ min: 1, max: 3 }),
  retries: fc.nat(1),
  scope: rarely,
});

function map(world: World, { elements, chunkSize, retries, scope }: MapCall): void {
  under(world, scope, (plan) => {
    plan.maps++;
    const label = `map ${world.tick()}`;
    world.ask(label, futureMap([...elements], element, { chunkSize, retries, label }), (end) => {
      plan.maps--;
      mapLaw(plan, elements, end);
    });
  });
}

interface Cancellation {
  readonly which: readonly number[];
  readonly interrupt: boolean;
}

const cancellation: fc.Arbitrary<Cancellation> = fc.record({
  which: fc.array(fc.nat(20), { minLength: 1, maxLength: 3 }),
  interrupt: fc.boolean(),
});

function cancelSome(world: World, { which, interrupt }: Cancellation): void {
  const books = chooseAll(world.books, which);
  const before = books.map(({ future: { state } }) => state);
  for (const book of books) if (!book.isSettled) book.isAsked = true;
  cancel(
    books.map((book) => book.future),
    { interrupt },
  );
  for (const [index, book] of books.entries()) {
    const state = before[index];
    if (state !== "created" && state !== "queued") continue;
    expect(book.future.state, "law whatHasNotBegunIsCanceledAtOnce").toBe("canceled");
  }
}

function abort(world: World, which: number): void {
  const controller = choose(world.controllers, which);
  if (controller === undefined) return;
  for (const book of world.books) if (book.signal === controller.signal) book.isAsked = true;
  controller.abort("enough");
}

function resetOne(world: World, which: number): void {
  const book = choose(world.books, which);
  if (book === undefined) return;
  if (book.isSettled) book.open(currentSession().count);
  else if (book.future.state !== "created") {
    expect(() => reset(book.future), "law onlySettledFuturesAreReset").toThrow(OptionInvalid);
    return;
  }
  reset(book.future);
  expect(book.future.state, "law onlySettledFuturesAreReset").toBe("created");
}

export const submissions: fc.Arbitrary<Command> = submission.map(
  (parameters) => new Act({ name: "submit", parameters, makes: "futures", run: submit }),
);

export const futureCommands: readonly fc.Arbitrary<Command>[] = [
  mapCall.map((parameters) => new Act({ name: "map", parameters, run: map })),
  cancellation.map((parameters) => new Act({ name: "cancel", parameters, needs: "futures", run: cancelSome })),
  fc.nat(1).map((parameters) => new Act({ name: "abort", parameters, needs: "futures", run: abort })),
  fc.nat(20).map((parameters) => new Act({ name: "reset", parameters, needs: "futures", run: resetOne })),
];
