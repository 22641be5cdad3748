/** Workers that end with the test that started them. */

import { afterEach } from "vitest";
import { TestWorker } from "./TestWorker.ts";

/** Call once per file; gives what starts a worker. */
export function workersOfEachTest(): typeof TestWorker.start {
  const started: TestWorker[] = [];
  afterEach(async () => {
    await Promise.all(started.splice(0).map((worker) => worker.stop()));
  });
  return async (...args) => {
    const worker = await TestWorker.start(...args);
    started.push(worker);
    return worker;
  };
}
