/** A task as it travels. */

import type { Task } from "../../core/Backend.ts";
import type { TaskMessage } from "../../protocol/messages.ts";

export function taskMessage(task: Task, announce: boolean): TaskMessage {
  return {
    type: "task",
    task: task.id,
    future: task.future,
    body: task.payload.body,
    dependencies: task.dependencies,
    label: task.label,
    index: task.index,
    attempt: task.attempt,
    output: task.output,
    modules: task.modules,
    seed: task.seed,
    announce,
  };
}
