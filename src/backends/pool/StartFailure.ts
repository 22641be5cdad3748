/** What keeps futures from being started, in words, and the errors that they get for it. */

import { LaunchError, NotPortable, ProtocolMismatch } from "../../errors/errors.ts";
import { protocolVersion } from "../../protocol/version.ts";
import type { ChannelEnd } from "../../transport/Channel.ts";

export interface StartFailure {
  readonly message: string;
  readonly cause: unknown;
  /** `retry`: it may work next time · `giveUp`: it will not · `refuse`: nor with any other worker. */
  readonly verdict: "retry" | "giveUp" | "refuse";
}

/** The error for one future that waited for the worker. */
export function launchError(failure: StartFailure, label: string | undefined): LaunchError {
  return new LaunchError(failure.message, { label, cause: failure.cause });
}

export function notOpened(worker: string, cause: unknown): StartFailure {
  return { message: `Worker ${worker} could not be started: ${textOf(cause)}`, cause, verdict: verdictOf(cause) };
}

export function diedEarly(worker: string, end: ChannelEnd): StartFailure {
  const what = end.cause instanceof LaunchError ? end.cause.message : `it ended${describeEnd(end)} before it was ready.`;
  const message = `Worker ${worker} could not be started: ${what}${wordsOf(end)}`;
  return { message, cause: end.cause, verdict: verdictOf(end.cause) };
}

/** A backend that knows that another attempt would not help says so by a `LaunchError`. */
function verdictOf(cause: unknown): StartFailure["verdict"] {
  return cause instanceof LaunchError ? "giveUp" : "retry";
}

export function tooSlow(worker: string, milliseconds: number): StartFailure {
  const message = `Worker ${worker} could not be started: it was not ready within ${milliseconds} ms (plan option \`connectTimeout\`).`;
  return { message, cause: undefined, verdict: "giveUp" };
}

export function otherProtocol(worker: string, theirs: number): StartFailure {
  const cause = new ProtocolMismatch(
    `Worker ${worker} speaks protocol ${theirs}, this process ${protocolVersion}. Install the same version of futureplan on both sides.`,
  );
  return { message: `Worker ${worker} could not be used: ${cause.message}`, cause, verdict: "refuse" };
}

export function faultAtStart(worker: string, during: "init" | "setup", cause: unknown): StartFailure {
  const what = during === "setup" ? "the plan's `setup` function failed in it" : "it could not prepare itself";
  return { message: `Worker ${worker} could not be started: ${what}: ${textOf(cause)}`, cause, verdict: "refuse" };
}

/** Workers took the future and ended, again and again, before it began. */
export function neverBegan(worker: string, end: ChannelEnd, deaths: number): StartFailure {
  const message = `${deaths} workers in turn ended when the future was the next to begin; the last, ${worker}, ended${describeEnd(end)}.${wordsOf(end)}`;
  return { message, cause: end.cause, verdict: "giveUp" };
}

/** The future's globals hold something that the channel cannot carry. */
export function unsendable(worker: string, label: string | undefined, cause: unknown): NotPortable {
  const future = label === undefined ? "The future" : `The future ${label}`;
  return new NotPortable(`${future} could not be sent to worker ${worker}: ${textOf(cause)}`, { label, cause });
}

/** `local` is the path of something that only threads of this process can take. */
export function tooLocal(plan: string, label: string | undefined, local: string): NotPortable {
  const future = label === undefined ? "The future" : `The future ${label}`;
  return new NotPortable(
    `${future} uses what cannot leave this process, but ${plan} has workers outside: ${local}. Capture a copy, or use multicore.`,
    {
      label,
    },
  );
}

export function planClosed(name: string): StartFailure {
  return {
    message: `The ${name} plan of this future has been shut down; set a plan, then make the future again.`,
    cause: undefined,
    verdict: "giveUp",
  };
}

function describeEnd(end: ChannelEnd): string {
  if (end.signal !== undefined) return ` by ${end.signal}`;
  if (end.exitCode !== undefined) return ` with exit code ${end.exitCode}`;
  return end.cause === undefined ? "" : ` (${textOf(end.cause)})`;
}

function wordsOf(end: ChannelEnd): string {
  return end.stderr === undefined || end.stderr === "" ? "" : ` Its last words on stderr:\n${end.stderr}`;
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
