/** The limit for processes: bare child_process.fork with serialization 'advanced', behind the same queue as the raw threads. */

import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { queuedPool } from "./queuedPool.mjs";

export async function open({ workers, perWorker, data }) {
  const file = fileURLToPath(new URL("./workers/rawFork.mjs", import.meta.url));
  const ends = Array.from({ length: workers }, () => {
    const child = fork(file, { serialization: "advanced" });
    if (data !== undefined) child.send([-1, "setData", [data]]);
    return {
      send: (message) => child.send(message),
      listen: (onMessage) => child.on("message", onMessage),
      close: () => child.disconnect(),
    };
  });
  return queuedPool(ends, perWorker);
}
