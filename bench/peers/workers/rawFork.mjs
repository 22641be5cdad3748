/** A bare child process: [id, task, args] in, [id, result] out; a negative id wants no answer. */

import { tasks } from "../../workloads/tasks.mjs";

process.on("message", ([id, task, args]) => {
  const result = tasks[task](...args);
  if (result instanceof Promise) void result.then((value) => process.send([id, value]));
  else if (id >= 0) process.send([id, result]);
});
