/** What workers do, and what happens to them. */

import fc from "fast-check";
import { Act, choose, type Command } from "./Act.ts";
import type { OpenedPlan } from "./OpenedPlan.ts";
import type { WiredWorker, Fate } from "./WiredWorker.ts";
import type { World } from "./World.ts";

/** What any worker could do next: begin a future, or end one. */
export function movesOf(worker: WiredWorker, spent: boolean): (() => void)[] {
  const begins = worker.canBegin ? [() => worker.begin()] : [];
  if (!worker.isReady) return begins;
  return [...begins, ...worker.running.map((message) => () => worker.finish(message, spent))];
}

interface Move {
  readonly which: number;
  readonly spent: boolean;
}

const move: fc.Arbitrary<Move> = fc.record({
  which: fc.nat(9),
  spent: fc.oneof({ weight: 8, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

function work(world: World, { which, spent }: Move): void {
  choose(
    world.workers.flatMap((worker) => movesOf(worker, spent)),
    which,
  )?.();
}

interface Loss {
  readonly which: number;
  readonly how: "exit" | "signal" | "cut" | "fault" | "block";
}

const loss: fc.Arbitrary<Loss> = fc.record({ which: fc.nat(9), how: fc.constantFrom("exit", "signal", "cut", "fault", "block") });

function lose(world: World, { which, how }: Loss): void {
  const pairs = world.plans.flatMap((plan) => plan.workers.filter(({ isAlive }) => isAlive).map((worker) => ({ plan, worker })));
  const chosen = choose(pairs, which);
  if (chosen !== undefined) harm(chosen.plan, chosen.worker, how);
}

function harm(plan: OpenedPlan, worker: WiredWorker, how: Loss["how"]): void {
  const busy = worker.isReady && worker.running.length > 0;
  if ((how === "fault" || how === "block") && !busy) return;
  if (how === "block") worker.isBlocked = true;
  else plan.isTroubled = true;
  if (how === "exit") worker.die({ exitCode: 1 });
  if (how === "signal") worker.die({ signal: "SIGKILL", stderr: "last words" });
  if (how === "fault") worker.fault();
  if (how === "cut") plan.isUncertain = true;
  if (how === "cut") worker.cut();
}

interface Noise {
  readonly which: number;
  readonly what: "outcome" | "started" | "pong" | "ready" | "unknown";
}

const noise: fc.Arbitrary<Noise> = fc.record({ which: fc.nat(9), what: fc.constantFrom("outcome", "started", "pong", "ready", "unknown") });

function chatter(world: World, { which, what }: Noise): void {
  const pairs = world.plans.flatMap((plan) => plan.workers.filter(({ isReady }) => isReady).map((worker) => ({ plan, worker })));
  const chosen = choose(pairs, which);
  if (chosen === undefined) return;
  const { plan, worker } = chosen;
  // It may be taken for an answer: then what was asked to stop counts as begun.
  if (what === "pong" && plan.kind.concurrency > 1) plan.isUncertain = true;
  switch (what) {
    case "outcome":
    case "started":
      return worker.repeat(what);
    case "pong":
      return worker.say({ type: "pong" });
    case "ready":
      return worker.say({ type: "ready", protocol: -5, node: "v1", pid: 1, thread: 0, host: "here" });
    case "unknown":
      return worker.say({ type: "started", task: 1e9, at: 1 });
  }
}

const fate: fc.Arbitrary<Fate> = fc.constantFrom("dies", "silent", "stranger", "setupFails", "unopened", "hopeless");

export const moves: fc.Arbitrary<Command> = move.map((parameters) => new Act({ name: "work", parameters, run: work }));

export const workerCommands: readonly fc.Arbitrary<Command>[] = [
  loss.map((parameters) => new Act({ name: "lose", parameters, run: lose })),
  noise.map((parameters) => new Act({ name: "chatter", parameters, run: chatter })),
  fate.map((parameters) => new Act({ name: "nextWorker", parameters, run: ({ fates }, next) => void fates.push(next) })),
  fc
    .constantFrom(10, 60, 120, 400)
    .map((parameters) => new Act({ name: "advance", parameters, run: (world, time) => world.advance(time) })),
];
