/** A task as it travels. */

import type { Task } from "../../core/Backend.ts";
import { chunksUrl, randomUrl } from "../../platform/workerProgram.ts";
import type { TaskMessage } from "../../protocol/messages.ts";

const chunks = chunksUrl().href;
const random = randomUrl().href;

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
    modules: modulesOf(task),
    seed: task.seed,
    announce,
    ...(task.map !== undefined && { map: task.map }),
  };
}

/** Parts of the worker's program that only some futures need come first. */
function modulesOf({ modules, map, seed }: Task): readonly string[] {
  if (map === undefined && seed === false) return modules;
  return [...(map === undefined ? [] : [chunks]), ...(seed === false ? [] : [random]), ...modules];
}
