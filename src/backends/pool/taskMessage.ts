/** A task as it travels. */

import type { Task } from "../../core/Backend.ts";
import { carryBlocks, type Carrier } from "./carryBlocks.ts";
import type { TaskMessage } from "../../protocol/messages.ts";

/** How it is sent to one worker. */
export type Sending = Pick<TaskMessage, "announce" | "place" | "ahead"> & {
  /** What the worker imports first. */
  readonly parts: readonly string[];
};

export function taskMessage(task: Task, carrier: Carrier, { parts, ...sending }: Sending): TaskMessage {
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
    modules: parts.length === 0 ? task.modules : [...parts, ...task.modules],
    seed: task.seed,
    ...sending,
    ...(task.map !== undefined && { map: task.map }),
  };
}
