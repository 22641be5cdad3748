/** What is a message of a worker, and what only looks like one. */

import { describe, expect, it } from "vitest";
import { protocolVersion } from "../../../src/protocol/version.ts";
import { parseWorkerMessage } from "../../../src/transport/parseWorkerMessage.ts";

const usual = { definitions: [], output: [], started: 5, finished: 6, left: [], spent: false };
const outcome = { type: "outcome", task: 1, status: "value", body: { root: 1 }, ...usual };
const ready = { type: "ready", protocol: protocolVersion, node: "v20", pid: 1, thread: 0, host: "h" };
const unit = { type: "unit", id: "u", source: "", url: "", line: 0, column: 0, touchesGlobals: false, imports: false, contained: true };
const longList: unknown[] = [1];
longList.length = 0xffff_ffff;

describe("parseWorkerMessage", () => {
  it.each<[string, object]>([
    ["a handshake", ready],
    ["another version's handshake, whatever else stands in it", { type: "ready", protocol: protocolVersion + 1, node: 20 }],
    ["an outcome", outcome],
    [
      "an outcome with what only some have",
      { ...outcome, chunk: { failed: [0], written: [0, 1] }, definitions: [unit], left: ["Timeout"] },
    ],
    ["progress that is no number", { type: "progress", task: 1, fraction: Number.NaN, message: undefined }],
    ["output of no future", { type: "output", task: undefined, entries: [{ type: "stdout", text: "x" }] }],
    ["fields that nobody knows", { type: "pong", later: true }],
  ])("takes %s", (_, message) => {
    expect(parseWorkerMessage(message)).toBe(message);
  });

  it.each<[string, unknown, RegExp]>([
    ["nothing", undefined, /unknown message/],
    ["an unknown type", { type: "gossip" }, /unknown message "gossip"/],
    ["a type that every object has", { type: "constructor" }, /unknown message/],
    ["a type that is no text", { type: { toString: null } }, /unknown message/],
    ["a handshake of ours without its facts", { type: "ready", protocol: protocolVersion }, /handshake/],
    ["an outcome without a body", { ...outcome, body: undefined }, /outcome whose "body"/],
    ["an outcome of a task that is a text", { ...outcome, task: "1" }, /"task"/],
    ["an unknown status", { ...outcome, status: "done" }, /"status"/],
    ["a time that is none", { ...outcome, finished: Number.NaN }, /"finished"/],
    ["output that is no list", { ...outcome, output: "text" }, /"output"/],
    ["an entry without a text", { ...outcome, output: [{ type: "stderr" }] }, /"output"/],
    ["a console method that every object has", { ...outcome, output: [{ type: "console", method: "toString", text: "" }] }, /"output"/],
    ["a definition of an unknown kind", { ...outcome, definitions: [{ ...unit, type: "toString" }] }, /"definitions"/],
    ["a unit without a line", { ...outcome, definitions: [{ ...unit, line: 0.5 }] }, /"definitions"/],
    ["a report with positions that are none", { ...outcome, chunk: { failed: [-1], written: [] } }, /"chunk"/],
    ["specials that are none", { ...outcome, body: { root: 1, specials: [5] } }, /"body"/],
    ["a list that lies about its length", { ...outcome, body: { root: 1, specials: longList } }, /"body"/],
    ["a fault of tasks that are none", { type: "fault", during: "async", tasks: ["1"], body: { root: 1 } }, /"tasks"/],
    ["a fault at a time that is none", { type: "fault", during: "end", tasks: [], body: { root: 1 } }, /"during"/],
    ["a start without a time", { type: "started", task: 1 }, /"at"/],
    ["a short text that is no list", "5", /no list/],
    ["a short text of something else", '["task",1,"value",1,5,6]', /no outcome/],
    ["a short text without its times", '["outcome",1,"value",1]', /no outcome/],
    ["a short text with a time beyond all numbers", '["outcome",1,"value",1,5,1e999]', /no outcome/],
    ["a short text with an unknown status", '["outcome",1,{"__proto__":"value"},1,5,6]', /no outcome/],
  ])("refuses %s", (_, data, why) => {
    expect(() => parseWorkerMessage(data)).toThrow(why);
  });
});
