/** When SIGINT is listened for; what it does then takes a process: `test/exit`. */

import { afterEach, expect, test } from "vitest";
import { future } from "../../../src/api/future.ts";
import { plan } from "../../../src/api/plan.ts";
import { sequential } from "../../../src/plans/makeSpec.ts";
import { finish, memoryPlan } from "./memoryBackend.ts";

const before = process.listenerCount("SIGINT");

afterEach(() => {
  plan(sequential());
});

/** Resolves when somebody begins to listen for SIGINT. */
function listenedFor(): Promise<void> {
  return new Promise((resolve) => {
    process.on("newListener", function added(name) {
      if (name !== "SIGINT") return;
      process.off("newListener", added);
      resolve();
    });
  });
}

test("SIGINT is listened for while futures of a parallel plan are pending, but not from the first moment on", async () => {
  const memory = memoryPlan();
  plan(memory.spec);
  const heard = listenedFor();
  const fs = [future(() => 1), future(() => 2)];
  expect(process.listenerCount("SIGINT")).toBe(before);
  await heard;
  await Promise.resolve(); // the event comes before the listener
  expect(process.listenerCount("SIGINT")).toBe(before + 1);
  finish(await memory.task(0), 1);
  await fs[0];
  expect(process.listenerCount("SIGINT")).toBe(before + 1);
  finish(await memory.task(1), 2);
  await fs[1];
  expect(process.listenerCount("SIGINT")).toBe(before);
});
