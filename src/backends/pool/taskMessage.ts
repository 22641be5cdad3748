/** A task as it travels. */

import type { Task } from "../../core/Backend.ts";
import { chunksUrl, randomUrl } from "../../platform/workerProgram.ts";
import { carryBlocks, type Carrier } from "./carryBlocks.ts";
import type { TaskMessage } from "../../protocol/messages.ts";

const chunks = chunksUrl().href;
const random = randomUrl().href;

/** How it is sent to one worker. */
export type Sending = Pick<TaskMessage, "announce" | "place" | "ahead">;

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
