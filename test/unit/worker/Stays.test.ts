/** When the runner has the worker put back, where several futures run at once. */

import { expect, it } from "vitest";
import { Linker } from "../../../src/codec/Linker.ts";
import { snapshot } from "../../../src/globals/snapshot.ts";
import type { OutcomeMessage, WorkerMessage } from "../../../src/protocol/messages.ts";
import { Runner } from "../../../src/worker/Runner.ts";
import type { Left, WorkerHost } from "../../../src/worker/WorkerHost.ts";
import { plainTask } from "../protocol/plainTask.ts";
import { deferred } from "../transport/deferred.ts";

const clean: Left = { left: [], spent: false };

/** A runner whose host answers from `ends` what was left. */
function open(concurrency: number, ends: (Left | Promise<Left>)[]) {
  const calls: string[] = [];
  const outcomes: OutcomeMessage[] = [];
  const host: Partial<WorkerHost> = {
    now: () => 0,
    claim: () => true,
    asyncValue: () => ({ run: (_value, body) => body(), get: () => undefined }),
    putBack: {
      begin: () => void calls.push("begin"),
      accept: () => void calls.push("accept"),
      setVariables: () => undefined,
      watchGlobals: () => undefined,
      keep: (body) => body(),
      end: () => {
        calls.push("end");
        return ends.shift() ?? clean;
      },
    },
  };
  const linker = new Linker({
    results: () => {
      throw new Error("no objects here");
    },
    importLibrary: () => Promise.resolve({}),
  });
  const runner = new Runner({
    linker,
    host: host as WorkerHost, // what is not there is not asked for
    channel: {
      send: (message: WorkerMessage) => void (message.type === "outcome" && outcomes.push(message)),
      listen: () => undefined,
      flush: (done) => done(),
    },
    worker: "test/1",
    settings: { colors: 0, columns: undefined, outputLimit: 0 },
    concurrency,
    maxMemory: Infinity,
    everywhere: () => Promise.resolve(),
    idle: () => void calls.push("idle"),
  });
  runner.open();
  let task = 0;
  const submit = (fn: () => unknown): void => {
    const { body, needs } = snapshot(fn, [], { globals: false, maxGlobalsSize: 1e9, label: undefined }).payload;
    linker.define(needs);
    runner.add(plainTask({ task: ++task, body }));
  };
  return { calls, outcomes, submit };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it("puts the worker back once for those that run together", async () => {
  const { calls, outcomes, submit } = open(2, []);
  submit(() => new Promise((resolve) => setImmediate(resolve, 1)));
  submit(() => 2);
  await turn();
  await turn();
  expect(outcomes.map(({ task }) => task)).toEqual([2, 1]);
  expect(calls).toEqual(["idle", "begin", "end", "idle"]);
});

it("puts it back again when others came and went while it looked for what the first had left", async () => {
  const looked = deferred<Left>();
  const { calls, outcomes, submit } = open(2, [looked.promise, { left: ["TCPSocketWrap"], spent: true }]);
  submit(() => 1);
  submit(() => 2);
  looked.resolve({ left: ["Timeout"], spent: false });
  await turn();
  expect(calls).toEqual(["idle", "begin", "end", "begin", "end", "idle"]);
  expect(outcomes.map(({ task, left, spent }) => ({ task, left, spent }))).toEqual([
    { task: 2, left: [], spent: false },
    { task: 1, left: ["Timeout", "TCPSocketWrap"], spent: true },
  ]);
});
