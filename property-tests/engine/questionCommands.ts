/** What users ask: of one future, and of several at once; each answer is compared with what the futures came to. */

import fc from "fast-check";
import { expect } from "vitest";
import { asCompleted } from "../../src/api/asCompleted.ts";
import { outcome } from "../../src/api/outcome.ts";
import { resolve } from "../../src/api/resolve.ts";
import { resolved } from "../../src/api/resolved.ts";
import { value } from "../../src/api/value.ts";
import type { Future } from "../../src/core/Future.ts";
import { Act, choose, chooseAll, type Command } from "./Act.ts";
import type { Book, Launch } from "./Book.ts";
import type { World } from "./World.ts";

interface Question {
  readonly what: "value" | "await" | "outcome" | "values" | "valuesOnly" | "resolve" | "resolved" | "asCompleted";
  readonly which: readonly number[];
}

const question: fc.Arbitrary<Question> = fc.record({
  what: fc.constantFrom("value", "await", "outcome", "values", "valuesOnly", "resolve", "resolved", "asCompleted"),
  which: fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }),
});

function ask(world: World, { what, which }: Question): void {
  const books = chooseAll(world.books, which);
  const one = choose(books, 0);
  if (one === undefined) return;
  switch (what) {
    case "value":
      return askValue(world, one, value(one.future));
    case "await":
      return askValue(world, one, Promise.resolve(one.future));
    case "outcome":
      return askOutcome(world, one);
    case "values":
      return askValues(world, books, true);
    case "valuesOnly":
      return askValues(world, books, false);
    case "resolve":
      return askResolve(world, books);
    case "resolved":
      expect(resolved(futuresOf(books)), "law resolvedNeverLies").toBe(books.every(({ isSettled }) => isSettled));
      return expect(books.map((book) => book.future.state)).not.toContain("created");
    case "asCompleted":
      return askCompleted(world, books);
  }
}

function futuresOf(books: readonly Book[]): Future<number>[] {
  return books.map((book) => book.future);
}

/** The launch that is asked is the present one; `ask` may have begun it. */
function askValue(world: World, book: Book, answer: Promise<number>): void {
  const { launch } = book;
  world.ask(`value of ${book.work.number}`, answer, (end) => {
    const expected = launch.end;
    if (end.status === "fulfilled")
      expect({ tag: expected?.tag, value: expected?.value }, "law answersAreTheEnds").toEqual({ tag: "finished", value: end.value });
    else expect(end.reason, "law answersAreTheEnds").toBe(expected?.error);
  });
}

export function askOutcome(world: World, book: Book): void {
  const { launch } = book;
  world.ask(`outcome of ${book.work.number}`, outcome(book.future), (end) => {
    if (end.status === "rejected") throw end.reason;
    const { status, attempts } = end.value;
    expect(status, "law answersAreTheEnds").toBe(launch.end?.tag);
    // Whoever resets it before the answer is read gets the new run's.
    if (book.launch === launch) expect(attempts, "law answersAreTheEnds").toBe(launch.end?.attempts);
  });
}

function askValues(world: World, books: readonly Book[], cancels: boolean): void {
  const answer = cancels ? value(futuresOf(books)) : value(futuresOf(books), { cancel: false });
  const launches = books.map(({ launch }) => launch);
  if (cancels) for (const book of books) book.isAsked = true;
  world.ask(`values of ${books.map(({ work }) => work.number).join()}`, answer, (end) => {
    if (end.status === "fulfilled") return expect(end.value, "law firstErrorByOrderWins").toEqual(launches.map((one) => one.end?.value));
    const first = launches.find((one) => one.end?.tag !== "finished");
    expect(end.reason, "law firstErrorByOrderWins").toBe(first?.end?.error);
    if (cancels) expect(unended(launches), "law nothingOfAFailedContainerIsLeft").toEqual([]);
  });
}

function unended(launches: readonly Launch[]): Launch[] {
  return launches.filter(({ end }) => end === undefined);
}

function askResolve(world: World, books: readonly Book[]): void {
  const answer = resolve(futuresOf(books));
  const launches = books.map(({ launch }) => launch);
  world.ask("resolve", answer, (end) => {
    expect(end.status, "law resolveNeverRejects").toBe("fulfilled");
    expect(unended(launches), "law resolveWaitsForAll").toEqual([]);
  });
}

/** What has settled before comes in the container's order, the others as they settle. */
function askCompleted(world: World, books: readonly Book[]): void {
  const completed = asCompleted(futuresOf(books));
  const now = world.tick();
  const launches = books.map(({ launch }) => launch);
  const read = async (): Promise<number[]> => {
    const order: number[] = [];
    for (let next = await completed.next(); !next.done; next = await completed.next()) order.push(futuresOf(books).indexOf(next.value));
    return order;
  };
  const place = (index: number): number => Math.max(now, launches[index]?.settledAt ?? Infinity);
  world.ask("asCompleted", read(), (end) => {
    const expected = [...books.keys()].toSorted((one, other) => place(one) - place(other) || one - other);
    expect(end, "law completedComeOnceInOrderOfSettling").toEqual({ status: "fulfilled", value: expected });
  });
}

export const questions: fc.Arbitrary<Command> = question.map(
  (parameters) => new Act({ name: "ask", parameters, needs: "futures", run: ask }),
);
