import { describe, expect, it } from "vitest";
import type { Encoded } from "../../../src/codec/Encoded.ts";
import type { OutcomeMessage, TaskMessage } from "../../../src/protocol/messages.ts";
import { packMessage, unpackMessage } from "../../../src/transport/packMessage.ts";
import { parseHostMessage } from "../../../src/transport/parseHostMessage.ts";
import { parseWorkerMessage } from "../../../src/transport/parseWorkerMessage.ts";
import { packHostQuick, packWorkerQuick } from "../../../src/transport/quickMessage.ts";
import { plainTask } from "../protocol/plainTask.ts";

function task(body: Encoded, changes: Partial<TaskMessage> = {}): TaskMessage {
  return plainTask({ task: 7, body, ...changes });
}

function outcome(root: unknown, changes: Partial<OutcomeMessage> = {}): OutcomeMessage {
  return {
    type: "outcome",
    task: 7,
    status: "value",
    body: { root },
    definitions: [],
    output: [],
    started: 1.25,
    finished: 2.5,
    left: [],
    spent: false,
    ...changes,
  };
}

function packQuick(message: TaskMessage | OutcomeMessage): string | undefined {
  return message.type === "task" ? packHostQuick(message) : packWorkerQuick(message);
}

function roundTrip<M extends TaskMessage | OutcomeMessage>(message: M): M {
  const text = packQuick(message) ?? unpackMessage({ control: packMessage(message).control.slice(), buffers: [] });
  return (message.type === "task" ? parseHostMessage(text) : parseWorkerMessage(text)) as M;
}

/** Arguments that only V8 keeps are among them. */
function call(task: number, ...args: readonly unknown[]): TaskMessage {
  const root = [undefined, ...args];
  return plainTask({ task, place: task, ahead: true, body: { root, specials: [["constant", "c1"]], fixups: [root, 0, 0] } });
}

describe("several tasks in one message", () => {
  it("have one short form, if all of them have", () => {
    const tasks = [call(1, 2.5), call(2, "x", undefined, null), call(3), plainTask({ task: 4, label: "sum", body: { root: [1] } })];
    const text = packHostQuick({ type: "batch", tasks });
    expect(parseHostMessage(text)).toStrictEqual({ type: "batch", tasks });
  });

  it("have one where random numbers are watched for", () => {
    const tasks = [
      { ...call(1, 2.5), seed: "own" },
      { ...plainTask({ task: 4, label: "sum", body: { root: [1] } }), seed: "error" },
    ];
    const text = packHostQuick({ type: "batch", tasks });
    expect(parseHostMessage(text)).toStrictEqual({ type: "batch", tasks });
  });

  it.each([[-0], [NaN], [2n], ["y".repeat(5000)], [{}], [[1]]])("have none when an argument is %s", (arg) => {
    expect(packHostQuick({ type: "batch", tasks: [call(1), call(2, arg)] })).toBeUndefined();
  });
});

describe("the short form of messages", () => {
  it("carries a task with plain arguments, whose fixups point at the list of arguments", () => {
    const root = [undefined, 1.5, "text \ud800 \u00e9", null, true, undefined];
    const message = task({ root, specials: [["constant", "c1"]], fixups: [root, 0, 0] }, { label: "sum", index: 3 });
    expect(packQuick(message)).toBeDefined();
    const arrived = roundTrip(message);
    expect(arrived).toStrictEqual(message);
    expect(arrived.body.fixups?.[0]).toBe(arrived.body.root);
  });

  it.each([[5], [0.1 + 0.2], ["x"], [undefined], [null], [[1, undefined, "a"]], [[]]])("carries the outcome %j", (root) => {
    expect(packQuick(outcome(root))).toBeDefined();
    expect(roundTrip(outcome(root))).toStrictEqual(outcome(root));
  });

  const shared = [1];
  const withHole = [1];
  withHole[2] = 3;
  it.each<[string, OutcomeMessage | TaskMessage]>([
    ["minus zero", outcome(-0)],
    ["NaN", outcome(NaN)],
    ["an infinite number in a list", outcome([Infinity])],
    ["a bigint", outcome(1n)],
    ["a list with a hole", outcome(withHole)],
    ["a list with a property of its own", outcome(Object.assign([1], { extra: 2 }))],
    ["one list twice", outcome([shared, shared])],
    ["an object", outcome({ a: undefined })],
    ["a long list", outcome(Array.from({ length: 1000 }, () => 1))],
    ["output", outcome(1, { output: [{ type: "stdout", text: "x" }] })],
    ["something left", outcome(1, { left: ["Timeout"] })],
    ["a spent worker", outcome(1, { spent: true })],
    ["specials that hold objects", task({ root: 1, specials: [["plain", { a: 1 }]] })],
    ["fills", task({ root: 1, fills: [1] })],
    ["a seed", task({ root: 1 }, { seed: 42 })],
    ["a draw without one", outcome(1, { drew: "file:///a.js:1:2" })],
    ["modules", task({ root: 1 }, { modules: ["file:///a.js"] })],
    ["dependencies", task({ root: 1 }, { dependencies: [{ root: 1 }] })],
  ])("leaves %s to V8, which keeps it", (_, message) => {
    expect(packQuick(message)).toBeUndefined();
    expect(roundTrip(message)).toStrictEqual(message);
  });
});
