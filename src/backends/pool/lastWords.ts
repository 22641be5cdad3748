/** The last events of tickets whose worker ended, or that an error outside any future took down. */

import type { Loss } from "../../core/Backend.ts";
import type { Encoded } from "../../codec/Encoded.ts";
import type { ChannelEnd } from "../../transport/Channel.ts";
import { launchError, neverBegan } from "./StartFailure.ts";
import type { Ticket } from "./Ticket.ts";

/** Its worker is gone. */
export function deliverEnd(ticket: Ticket, worker: string, end: ChannelEnd): void {
  const { events, label } = ticket.task;
  if (ticket.stopping !== undefined) events.stopped(ticket.stopping, ticket.started);
  else if (ticket.started) events.lost(lossOf(worker, end));
  else events.refused(launchError(neverBegan(worker, end, ticket.deaths), label));
}

/** An error that nobody caught ended the worker, and this was the only future that can have raised it. */
export function deliverFault(ticket: Ticket, body: Encoded, now: number): void {
  const { events, id } = ticket.task;
  if (ticket.stopping !== undefined) return events.stopped(ticket.stopping, true);
  events.outcome({
    type: "outcome",
    task: id,
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
