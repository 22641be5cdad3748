/**
 * Ctrl-C at home, while futures of parallel plans are pending: they end, whoever waits for them hears of it, and the process ends with
 * code 130. At any other time, and at the second SIGINT, nobody listens, so that the process can be ended even when it is blocked.
 */

import { FutureInterrupted } from "../errors/errors.ts";
import { systemClock } from "../platform/clock.ts";
import { currentSession } from "../session/currentSession.ts";
import { engine } from "./engine.ts";
import { closeEverything } from "./openBackend.ts";

/** Milliseconds before it is listened for: to come and go takes 8 µs, too many for each round trip. */
const delay = 50;
/** Milliseconds that the program has to end by itself, once its futures have. */
const lastWords = 1000;
/** How shells call the end by this signal. */
const exitCode = 130;

/** A run of a parallel plan is on its way. */
export function runBegins(): void {
  const { sigint } = engine();
  sigint.pending++;
  if (sigint.pending > 1 || sigint.timer !== undefined || currentSession().worker !== undefined) return;
  sigint.timer = systemClock.after(delay, () => {
    sigint.timer = undefined;
    if (sigint.pending > 0 && sigint.phase === "idle") listen();
  });
}

/** It has heard its last event. */
export function runEnded(): void {
  const { sigint } = engine();
  sigint.pending--;
  if (sigint.pending === 0 && sigint.phase === "listening") unlisten();
}

/** Nothing begins any more. */
export function isInterrupted(): boolean {
  return engine().sigint.phase === "interrupted";
}

/** Before others, who may ask whether they are alone: `signal-exit` does. */
function listen(): void {
  process.prependListener("SIGINT", interrupt);
  engine().sigint.phase = "listening";
}

function unlisten(): void {
  process.off("SIGINT", interrupt);
  engine().sigint.phase = "idle";
}

function interrupt(): void {
  unlisten();
  if (process.listenerCount("SIGINT") > 0) return; // the program has its own way to end
  engine().sigint.phase = "interrupted";
  process.exitCode = exitCode;
  process.on("uncaughtException", passOver);
  process.on("beforeExit", () => (process.exitCode = exitCode));
  void closeEverything("interrupt").finally(() => systemClock.after(lastWords, exit));
}

/** What is left of the program, a server say, does not end by itself. */
function exit(): void {
  void Promise.all([process.stdout, process.stderr].map(written)).then(() => process.exit(exitCode));
}

/** Resolves when what was written to it before has left this process. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => void stream.write("", () => resolve()));
}

/** Whoever pressed Ctrl-C knows why futures were interrupted. Anything else ends the process as ever. */
function passOver(error: unknown): void {
  if (process.listenerCount("uncaughtException") > 1 || comesOfIt(error, new Set())) return;
  process.off("uncaughtException", passOver);
  void Promise.reject(error);
}

function comesOfIt(error: unknown, seen: Set<unknown>): boolean {
  if (!(error instanceof Error) || seen.has(error)) return false;
  if (error instanceof FutureInterrupted) return true; // or canceled, which is one
  seen.add(error);
  const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  return [error.cause, ...errors].some((each) => comesOfIt(each, seen));
}
