/** The last events of tickets that a worker has had, however that went. */

import type { Loss } from "../../core/Backend.ts";
import type { Encoded } from "../../codec/Encoded.ts";
import type { OutcomeMessage } from "../../protocol/messages.ts";
import type { ChannelEnd } from "../../transport/Channel.ts";
import { launchError, neverBegan } from "./StartFailure.ts";
import type { Ticket } from "./Ticket.ts";

/** It has run. If it was asked to stop, only what it wrote until then counts. */
export function deliverOutcome({ task: { events }, stopping }: Ticket, message: OutcomeMessage): void {
  if (stopping === undefined) return events.outcome(message);
  if (message.output.length > 0) events.output(message.output);
  events.stopped(stopping, true);
}

/** Its worker is gone. */
export function deliverEnd(ticket: Ticket, worker: string, end: ChannelEnd): void {
  const { events, label } = ticket.task;
  if (ticket.stopping !== undefined) events.stopped(ticket.stopping, ticket.started);
  else if (ticket.started) events.lost(lossOf(worker, end));
  else events.refused(launchError(neverBegan(worker, end, ticket.deaths), label));
}

/** An error that nobody caught ended the worker, and this was the only future that can have raised it. */
export function deliverFault(ticket: Ticket, body: Encoded, now: number): void {
  deliverOutcome(ticket, {
    type: "outcome",
    task: ticket.task.id,
    status: "error",
    body,
    definitions: [],
    output: [],
    started: ticket.startedAt ?? now,
    finished: now,
    left: [],
    spent: true,
  });
}

function lossOf(worker: string, end: ChannelEnd): Loss {
  return { worker, started: true, exitCode: end.exitCode, signal: end.signal, stderr: end.stderr ?? "", cause: end.cause };
}
