/** A task as it travels. */

import type { Task } from "../../core/Backend.ts";
import { chunksUrl, randomUrl } from "../../platform/workerProgram.ts";
import type { TaskMessage } from "../../protocol/messages.ts";

const chunks = chunksUrl().href;
const random = randomUrl().href;

/** How it is sent to one worker. */
export type Sending = Pick<TaskMessage, "announce" | "place" | "ahead">;

export function taskMessage(task: Task, sending: Sending): TaskMessage {
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
    modules: modulesOf(task),
    seed: task.seed,
    ...sending,
    ...(task.map !== undefined && { map: task.map }),
  };
}

/** Parts of the worker's program that only some futures need come first. */
function modulesOf({ modules, map, seed }: Task): readonly string[] {
  if (map === undefined && seed === false) return modules;
  return [...(map === undefined ? [] : [chunks]), ...(seed === false ? [] : [random]), ...modules];
}
