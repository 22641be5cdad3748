/** Output of futures in this thread, while others change `console` themselves. */

// oxlint-disable no-console -- what is written is what is tested

import { afterEach, expect, test } from "vitest";
import { OutputSwitch } from "../../../src/backends/sequential/OutputSwitch.ts";
import type { TaskOutput } from "../../../src/worker/WorkerHost.ts";

const printed: unknown[] = [];
const output: TaskOutput = {
  write() {},
  print: (_method, args) => void printed.push(...args),
  warn() {},
  finish: () => [],
};
const original = console.log;

afterEach(() => {
  console.log = original;
  printed.length = 0;
});

test("a console that was put back while a future ran is led to the next future all the same", () => {
  const outputs = new OutputSwitch(() => output);
  outputs.enter();
  console.log("one");
  console.log = original; // what a test runner does after each of its tests
  outputs.enter();
  console.log("two");
  outputs.leave();
  outputs.leave();
  expect(printed).toEqual(["one", "two"]);
  expect(console.log).toBe(original);
});

test("what somebody else has put in place stays there, and hears what no future prints", () => {
  const heard: unknown[] = [];
  let here: TaskOutput | undefined = output;
  const outputs = new OutputSwitch(() => here);
  outputs.enter();
  const theirs = (...args: unknown[]): void => void heard.push(...args);
  console.log = theirs;
  outputs.enter();
  console.log("future's");
  here = undefined;
  console.log("home's");
  outputs.leave();
  outputs.leave();
  expect([printed, heard]).toEqual([["future's"], ["home's"]]);
  expect(console.log).toBe(theirs);
});
