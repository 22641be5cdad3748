/** Laws about the present moment, once everything that has happened is known to all. */

import { getEventListeners } from "node:events";
import type { Book } from "./Book.ts";
import type { OpenedPlan } from "./OpenedPlan.ts";
import type { World } from "./World.ts";

/** Lets everything happen that waits for nothing. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export async function look(world: World): Promise<void> {
  await turn();
  replacedPlansCloseWithTheirLastFuture(world);
  signalsAreHeardWhileNeeded(world);
}

/** Whether it is on its way. */
export function isPending({ launch: { states, end } }: Book): boolean {
  return end === undefined && states.at(-1) !== "created";
}

export function pendingOn(world: World, plan: OpenedPlan): Book[] {
  return world.books.filter((book) => book.plan === plan && isPending(book));
}

export function replacedPlansCloseWithTheirLastFuture(world: World): void {
  const holding = new Set([
    ...(world.holding ? [world.base] : []),
    ...world.scopes.filter(({ isOver }) => !isOver).map(({ plan }) => plan),
  ]);
  for (const plan of world.plans) {
    if (holding.has(plan) || plan.maps > 0 || pendingOn(world, plan).length > 0) continue;
    if (plan.pools.some(({ isClosing }) => !isClosing))
      throw new Error(`law replacedPlansCloseWithTheirLastFuture: plan ${plan.number} stays open`);
  }
}

export function signalsAreHeardWhileNeeded({ books, controllers }: World): void {
  for (const { signal } of controllers) {
    const users = books.filter((book) => book.signal === signal && isPending(book)).length;
    const listeners = getEventListeners(signal, "abort").length;
    const expected = signal.aborted ? 0 : users;
    if (listeners !== expected) throw new Error(`law signalsAreHeardWhileNeeded: ${listeners} listen, ${expected} need to`);
  }
}
