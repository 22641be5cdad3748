/** A task as it travels. */

import type { Task } from "../../core/Backend.ts";
import { carryBlocks, type Carrier } from "./carryBlocks.ts";
import type { TaskMessage } from "../../protocol/messages.ts";

/** How it is sent to one worker. */
export type Sending = Pick<TaskMessage, "announce" | "place" | "ahead"> & {
  /** URLs of what the worker imports first. */
  readonly modules: readonly string[];
};

export function taskMessage(task: Task, carrier: Carrier, sending: Sending): TaskMessage {
  return {
    type: "task",
    task: task.id,
    future: task.future,
    body: carryBlocks(task.payload.body, task.payload, carrier),
    dependencies: task.dependencies.map((one) => carryBlocks(one, task.payload, carrier)),
    label: task.label,
    index: task.index,
    attempt: task.attempt,
    output: task.output,
    seed: task.seed,
    ...sending,
    ...(task.map !== undefined && { map: task.map }),
  };
}
