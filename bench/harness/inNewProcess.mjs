/** A repetition that starts with its process; with `ofMemory` it gives the peak of memory instead of times, because reading the one disturbs the other. */

import { Host } from "./Host.mjs";
import { watchMemory } from "./watchMemory.mjs";

export async function inNewProcess(task, ofMemory) {
  const host = new Host(task);
  try {
    await host.next();
    if (task.file === "coldStart") return await coldStart(host);
    if (!ofMemory) return await host.repeat({});
    const value = await watchMemory(host.name, () => host.repeat({}));
    return value === undefined ? [] : [{ metric: `${task.variant}: peak memory`, unit: "MiB", value }];
  } finally {
    await host.stop();
  }
}

/** Its host is ready when the first results are there, and then ends by itself. */
async function coldStart(host) {
  const first = performance.now() - host.started;
  await host.exited;
  return [
    { metric: "to the first results", unit: "ms", value: first },
    { metric: "to the exit", unit: "ms", value: performance.now() - host.started },
  ];
}
