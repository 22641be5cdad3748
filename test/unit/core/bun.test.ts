/** `process.versions.bun` is all that is played here; Bun itself is not installed. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { future, outcome, plan, shutdown } from "futureplan";

beforeEach(() => void Object.defineProperty(process.versions, "bun", { value: "1.3.0", configurable: true }));

afterEach(async () => {
  Reflect.deleteProperty(process.versions, "bun");
  await shutdown();
  plan("sequential");
});

test.each(["multisession", "cluster"] as const)("under Bun %s says in one sentence what is missing", async (name) => {
  plan(name, { workers: 1 });
  const { error } = (await outcome(future(() => 1))) as { error?: unknown };
  expect(error).toMatchObject({
    name: "LaunchError",
    message: expect.stringMatching(
      new RegExp(
        `^Plan ${name} could not be opened for future #\\d+.*: Bun 1\\.3\\.0 lacks DefaultSerializer and DefaultDeserializer of node:v8, which messages between processes are made of\\.`,
      ),
    ),
  });
});

test("under Bun threads are left alone", async () => {
  plan("multicore", { workers: 1 });
  expect(await outcome(future(() => 1))).toMatchObject({ value: 1 });
});
