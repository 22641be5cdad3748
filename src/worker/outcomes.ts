/** How outcomes leave: whole, copied where they cannot be moved, or as the plain error that says why they cannot leave at all. */

import type { Linker } from "../codec/Linker.ts";
import type { OutcomeMessage } from "../protocol/messages.ts";
import { encodePlainError } from "./encodeError.ts";
import type { WorkerChannel } from "./WorkerHost.ts";

const nothing: readonly never[] = [];

interface Way {
  readonly channel: WorkerChannel;
  readonly linker: Linker;
}

export function sendOutcome({ channel, linker }: Way, outcome: OutcomeMessage, transfer: readonly ArrayBuffer[]): void {
  try {
    channel.send(outcome, transfer);
  } catch (error) {
    if (transfer.length > 0) return sendOutcome({ channel, linker }, outcome, nothing); // not everything can be moved
    // Structured clone refused what the codec let pass; the plain form of its complaint always travels.
    channel.send({ ...outcome, status: "error", body: encodePlainError(linker, error).body, definitions: nothing }, nothing);
  }
}

/** Of a task that never ran. */
export function notBegun(task: number, now: number): OutcomeMessage {
  return {
    type: "outcome",
    task,
    status: "unbegun",
    body: { root: undefined },
    definitions: nothing,
    output: nothing,
    started: now,
    finished: now,
    left: nothing,
    spent: false,
  };
}
