/** Real workers that say what makes no sense: the future they ran says so, the next one runs, and this process lives. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { defineBackend, localProcess, processChannel, workerProgram } from "../../../src/backend.ts";
import { future, multicore, multisession, plan, sequential, shutdown, value } from "../../../src/index.ts";
import { ProtocolMismatch } from "../../../src/errors/errors.ts";
import { decodeAtHome } from "../../../src/globals/snapshot.ts";
import { encodeFrame, startMarker } from "../../../src/protocol/frame.ts";
import type { WorkerMessage } from "../../../src/protocol/messages.ts";
import { readMessages } from "../../../src/transport/messageStream.ts";
import { parseWorkerMessage } from "../../../src/transport/parseWorkerMessage.ts";
import { liar } from "./support/liar.ts";

const capabilities = { parallel: true, remote: false, sharedMemory: false, interrupts: true, chdir: true, isolated: true, processes: true };

let lie = "";
let opened = 0;
const lying = defineBackend({
  name: "lying",
  capabilities,
  open: ({ options }) => {
    if (opened++ === 0) return processChannel(liar(lie));
    const { execPath, execArgv, env } = process;
    const { threadsPerWorker, env: extra } = options;
    return processChannel(localProcess({ execPath, execArgv, env, program: [fileURLToPath(workerProgram())], threadsPerWorker, extra }));
  },
});

afterEach(async () => {
  plan(sequential());
  await shutdown();
});

/** The error of a future, or its cause, is a `ProtocolMismatch`. */
async function mismatchOf(f: ReturnType<typeof future>): Promise<ProtocolMismatch> {
  const error: unknown = await value(f).catch((thrown: unknown) => thrown);
  const found = error instanceof ProtocolMismatch ? error : error instanceof Error ? error.cause : error;
  expect(found).toBeInstanceOf(ProtocolMismatch);
  return found as ProtocolMismatch;
}

describe("a worker process that answers with", () => {
  it.each([
    ["bytes of somebody else's", `Buffer.from("printed to the wrong descriptor")`],
    ["half a message, then ends", `(process.nextTick(() => link.end(() => process.exit(0))), pack({ type: "want" }).subarray(0, -4))`],
    [
      "a claim of 4 GiB, then ends",
      `(process.nextTick(() => link.end(() => process.exit(0))), Buffer.from("FPL1\\xff\\xff\\xff\\xff\\0\\0\\0\\0xxxx", "latin1"))`,
    ],
    ["a message of an unknown type", `pack({ type: "gossip", task })`],
    ["an outcome without a body", `pack({ type: "outcome", task, status: "value", ...usual })`],
    ["an outcome whose output is a text", `pack({ type: "outcome", task, status: "value", body: { root: 1 }, ...usual, output: "text" })`],
    ["console methods that are none", `pack({ type: "output", task, entries: [{ type: "console", method: "constructor", text: "x" }] })`],
    [
      "a value with unknown parts",
      `pack({ type: "outcome", task, status: "value", body: { root: 1, specials: [["nonsense"]] }, ...usual })`,
    ],
    [
      "a value whose parts refer to each other for ever",
      `pack({ type: "outcome", task, status: "value", body: { root: 1, specials: [["boxed", 0]] }, ...usual })`,
    ],
    ["lists within lists without end", `frame(Buffer.from('["outcome",' + task + ',"value",' + "[".repeat(200000)))`],
    [
      "lists within lists, 100 000 deep",
      `frame(Buffer.from('["outcome",' + task + ',"value",' + "[".repeat(100000) + "]".repeat(100000) + ",5,6]"))`,
    ],
    [
      "V8's lists within lists, 100 000 deep",
      `frame(Buffer.concat([Buffer.from([255, 15]), Buffer.alloc(200000, Buffer.from([0x41, 1]))]))`,
    ],
  ])("%s fails its future, and the next runs", async (_, said) => {
    lie = said;
    opened = 0;
    plan(lying({ workers: 1 }));
    const broken = future(() => 1, { label: "broken" });
    expect((await mismatchOf(broken)).message).toMatch(/same version/);
    expect(await value(future(() => 6 * 7))).toBe(42);
  });
});

describe("user code that writes to its worker's channel", () => {
  it("is told so in a process", async () => {
    plan(multisession({ workers: 1 }));
    const f = future(async () => {
      const { writeSync } = await import("node:fs");
      writeSync(3, "printed to the wrong descriptor");
    });
    await mismatchOf(f);
    expect(await value(future(() => 6 * 7))).toBe(42);
  });

  it.each([["hello"], ["[5,6]"], [{ type: "outcome" }], [[]]])("is told so in a thread that posts %j", async (posted) => {
    plan(multicore({ workers: 1 }));
    const f = future(async () => {
      const { parentPort } = await import("node:worker_threads");
      parentPort?.postMessage(posted);
      await new Promise(() => undefined);
    });
    await mismatchOf(f);
    expect(await value(future(() => 6 * 7))).toBe(42);
  });
});

describe("a worker process that home", () => {
  it.each([
    ["sends bytes of somebody else's", Buffer.from("somebody else's bytes")],
    ["sends an unknown message", Buffer.concat(encodeFrame(Buffer.from('["gossip"]'), []))],
    ["sends a batch of nonsense", Buffer.concat(encodeFrame(Buffer.from('["batch",["call"],5]'), []))],
  ])("%s tells a fault and ends", async (_, bytes) => {
    const child = spawn(process.execPath, [fileURLToPath(workerProgram())], { stdio: ["ignore", "inherit", "inherit", "pipe"] });
    const link = child.stdio[3] as Socket;
    const messages: WorkerMessage[] = [];
    readMessages(link, parseWorkerMessage, { message: (message) => messages.push(message), ended: () => undefined });
    link.write(Buffer.concat([startMarker, bytes]));
    const [code] = (await once(child, "exit")) as [number];
    expect(code).toBe(1);
    const [fault] = messages;
    expect(fault?.type === "fault" && (await decodeAtHome(fault.body, []))).toMatchObject({
      message: expect.stringMatching(/do not understand each other/),
    });
  });
});
