/** The message for a task of which nothing special is asked. */

import type { TaskMessage } from "../../../src/protocol/messages.ts";

export function plainTask(given: Pick<TaskMessage, "task" | "body"> & Partial<TaskMessage>): TaskMessage {
  return {
    type: "task",
    future: `f${given.task}`,
    dependencies: [],
    label: undefined,
    index: undefined,
    attempt: 1,
    output: "relay",
    modules: [],
    seed: false,
    announce: false,
    place: undefined,
    ahead: false,
    ...given,
  };
}
