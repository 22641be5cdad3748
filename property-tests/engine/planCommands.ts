/** Plans that are set, scoped and shut down. */

import { AsyncLocalStorage } from "node:async_hooks";
import fc from "fast-check";
import { expect } from "vitest";
import { plan } from "../../src/api/plan.ts";
import { shutdown } from "../../src/api/shutdown.ts";
import { withPlan } from "../../src/api/withPlan.ts";
import { Act, choose, type Command } from "./Act.ts";
import { isPending, pendingOn } from "./look.ts";
import type { OpenedPlan } from "./OpenedPlan.ts";
import type { Launch } from "./Book.ts";
import type { WiredWorker } from "./WiredWorker.ts";
import type { Scope, World } from "./World.ts";

function setPlan(world: World, which: number): void {
  world.base = world.newPlan(which);
  plan(world.base.spec);
}

function setSame(world: World): void {
  expect(plan(world.base.spec), "law plansAreAsTheyWereSet").toEqual([world.base.spec]);
}

function openScope(world: World, which: number): void {
  const opened = world.newPlan(which);
  let leave: () => void = () => undefined;
  const left = new Promise<void>((resolve) => (leave = resolve));
  let inside = (action: () => void): void => action();
  const ended = withPlan(opened.spec, () => {
    inside = AsyncLocalStorage.snapshot();
    return left;
  });
  const scope: Scope = { plan: opened, inside, leave, isLeft: false, isOver: false, launches: [], workers: [] };
  world.scopes.push(scope);
  world.ask(`withPlan ${opened.number}`, ended, () => {
    scope.isOver = true;
    expect(namesOfLiving(scope.workers), "law withPlanLeavesNoWorker").toEqual([]);
    expect(unended(scope.launches), "law withPlanLeavesNoFuture").toEqual([]);
  });
}

export function leaveScope(world: World, which: number): void {
  const scope = choose(
    world.scopes.filter(({ isLeft }) => !isLeft),
    which,
  );
  if (scope === undefined) return;
  scope.isLeft = true;
  closing(world, scope.plan);
  scope.launches = pendingOn(world, scope.plan).map(({ launch }) => launch);
  scope.workers = scope.plan.workers.slice();
  scope.leave();
}

function namesOfLiving(workers: readonly WiredWorker[]): string[] {
  return workers.filter(({ isAlive }) => isAlive).map(({ init }) => init.name);
}

function unended(launches: readonly Launch[]): Launch[] {
  return launches.filter(({ end }) => end === undefined);
}

/** What is under way there may be stopped. */
function closing(world: World, closed: OpenedPlan): void {
  closed.wasClosed = true;
  for (const book of pendingOn(world, closed)) book.isAsked = true;
}

export function shutDown(world: World): void {
  for (const each of world.plans) closing(world, each);
  const launches = world.books.filter(isPending).map(({ launch }) => launch);
  const { workers } = world;
  world.ask("shutdown", shutdown(), () => {
    expect(namesOfLiving(workers), "law shutdownLeavesNoWorker").toEqual([]);
    expect(unended(launches), "law shutdownLeavesNoFuture").toEqual([]);
  });
}

export const planCommands: readonly fc.Arbitrary<Command>[] = [
  fc.nat(1).map((parameters) => new Act({ name: "plan", parameters, run: setPlan })),
  fc.constant(new Act({ name: "samePlan", parameters: "", run: setSame })),
  fc.nat(1).map((parameters) => new Act({ name: "openScope", parameters, makes: "scopes", run: openScope })),
  fc.nat(3).map((parameters) => new Act({ name: "leaveScope", parameters, needs: "scopes", run: leaveScope })),
  fc.constant(new Act({ name: "shutdown", parameters: "", run: shutDown })),
];
