/**
 * Laws of plans: whatever is set, scoped and finished in whatever order, each future runs on the plan that held where it
 * was made, no future is lost or run twice, and a plan's backend closes exactly when it is replaced and its last future has ended.
 */

import fc from "fast-check";
import { expect, test } from "vitest";
import { future } from "../src/api/future.ts";
import { plan } from "../src/api/plan.ts";
import { value } from "../src/api/value.ts";
import type { Future } from "../src/core/Future.ts";
import { sequential } from "../src/plans/makeSpec.ts";
import { environmentPlan } from "../src/plans/environmentPlan.ts";
import { parsePlan, samePlan, type PlanLike } from "../src/plans/parsePlan.ts";
import { finish, memoryPlan, type Memory } from "../test/unit/core/memoryBackend.ts";
import "./seed.ts";

interface Made {
  readonly future: Future<number>;
  readonly memory: Memory;
  readonly index: number;
  ended: boolean;
}

/** What should be: which plan holds, and what is pending on each. */
interface Model {
  current: number;
  pending: number[];
  submitted: number[];
}

interface Real {
  readonly memories: readonly Memory[];
  readonly made: Made[];
}

type Command = fc.AsyncCommand<Model, Real>;

class SetPlan implements Command {
  readonly which: number;
  constructor(which: number) {
    this.which = which;
  }
  check(): boolean {
    return true;
  }
  async run(model: Model, { memories }: Real): Promise<void> {
    const before = plan();
    const memory = memories[this.which];
    if (memory === undefined) throw new Error("no such plan");
    expect(plan(memory.spec)).toEqual(before);
    model.current = this.which;
    await compareClosings(model, memories);
  }
  toString(): string {
    return `plan(${this.which})`;
  }
}

class Make implements Command {
  check(): boolean {
    return true;
  }
  async run(model: Model, { memories, made }: Real): Promise<void> {
    const { current } = model;
    const memory = memories[current];
    if (memory === undefined) throw new Error("no such plan");
    const f = future(() => 1);
    const index = model.submitted[current] ?? 0;
    const task = await memory.task(index);
    expect(task.future).toBe(f.id);
    made.push({ future: f, memory, index, ended: false });
    model.submitted[current] = index + 1;
    model.pending[current] = (model.pending[current] ?? 0) + 1;
  }
  toString(): string {
    return "future()";
  }
}

class End implements Command {
  readonly which: number;
  constructor(which: number) {
    this.which = which;
  }
  check(model: Readonly<Model>): boolean {
    return model.pending.some((count) => count > 0);
  }
  async run(model: Model, { memories, made }: Real): Promise<void> {
    const pending = made.filter(({ ended }) => !ended);
    const chosen = pending[this.which % pending.length];
    if (chosen === undefined) throw new Error("nothing pending");
    finish(await chosen.memory.task(chosen.index), this.which);
    chosen.ended = true;
    expect(await value(chosen.future)).toBe(this.which);
    const owner = memories.indexOf(chosen.memory);
    model.pending[owner] = (model.pending[owner] ?? 0) - 1;
    await compareClosings(model, memories);
  }
  toString(): string {
    return `end(${this.which})`;
  }
}

/** A plan that is not current has an open backend exactly while it has futures pending. */
async function compareClosings(model: Model, memories: readonly Memory[]): Promise<void> {
  await Promise.resolve();
  for (const [which, { opened }] of memories.entries()) {
    const open = opened.filter(({ closed }) => closed.length === 0).length;
    if (which !== model.current && model.pending[which] === 0) expect(open, `open backends of plan ${which}`).toBe(0);
    if ((model.pending[which] ?? 0) > 0) expect(open, `open backends of plan ${which}`).toBeGreaterThanOrEqual(1);
  }
}

/** Futures keep the plan of their creation, and plans live as long as they are needed. */
export async function plansServeTheirFutures(commands: Iterable<Command>): Promise<void> {
  const memories = [memoryPlan(), memoryPlan(), memoryPlan()];
  const first = memories[0];
  if (first === undefined) throw new Error("no plan");
  plan(first.spec);
  const made: Made[] = [];
  const setup = (): { model: Model; real: Real } => ({
    model: { current: 0, pending: [0, 0, 0], submitted: [0, 0, 0] },
    real: { memories, made },
  });
  try {
    await fc.asyncModelRun(setup, commands);
    for (const { memory, index, ended } of made) if (!ended) finish(await memory.task(index), 0);
    await value(made.map(({ future: f }) => f));
    const tasks = memories.flatMap(({ opened }) => opened.flatMap(({ tasks: all }) => all.map((task) => task.future)));
    expect(tasks.toSorted()).toEqual(made.map(({ future: f }) => f.id).toSorted());
  } finally {
    plan(sequential());
  }
}

const stratum: fc.Arbitrary<{ readonly name: string; readonly workers: number | undefined }> = fc.record({
  name: fc.constantFrom("multicore", "multisession"),
  workers: fc.option(fc.integer({ min: 1, max: 64 }), { nil: undefined }),
});

/** The environment's grammar says the same as specs do, and JSON the same as both. */
export function grammarAgreesWithSpecs(strata: readonly { readonly name: string; readonly workers: number | undefined }[]): void {
  const text = strata.map(({ name, workers }) => (workers === undefined ? name : `${name}:${workers}`)).join(",");
  const specs: PlanLike = strata.map(({ name, workers }) => parsePlan(name, { workers })[0]);
  const json = JSON.stringify(strata.map(({ name, workers }) => ({ backend: name, options: { workers } })));
  const expected = parsePlan(specs);
  for (const source of [text, json]) {
    const parsed = environmentPlan({ FUTURE_PLAN: source });
    expect(parsed !== undefined && samePlan(parsed, expected)).toBe(true);
  }
  expect(samePlan(parsePlan(expected), expected)).toBe(true);
}

test("futures keep the plan of their creation, and plans live as long as they are needed", async () => {
  const commands = fc.commands(
    [fc.nat(2).map((which) => new SetPlan(which)), fc.constant(new Make()), fc.nat(10).map((which) => new End(which))],
    { maxCommands: 40 },
  );
  await fc.assert(fc.asyncProperty(commands, plansServeTheirFutures), { numRuns: 150 });
});

test("the environment's grammar, specs and JSON agree", () => {
  fc.assert(fc.property(fc.array(stratum, { minLength: 1, maxLength: 4 }), grammarAgreesWithSpecs));
});
