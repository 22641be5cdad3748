import { describe, expect, it } from "vitest";
import type { OutputEntry } from "../../../src/protocol/messages.ts";
import type { Kind } from "./TestWorker.ts";
import { workersOfEachTest } from "./workersOfEachTest.ts";

const start = workersOfEachTest();

const text = (method: string, text: string): OutputEntry => ({ type: "console", method, text }) as OutputEntry;

describe.each<Kind>(["thread", "process"])("output of a future in a %s", (kind) => {
  it("keeps console, stdout, stderr and warnings in their order", async () => {
    const worker = await start(kind);
    const { output } = await worker.run(() => {
      console.log("one", { two: 2 });
      process.stdout.write("three\n");
      process.stdout.write(Buffer.from("four\n"));
      process.emitWarning("five", { code: "W5" });
      process.stderr.write("six\n");
      console.error("seven");
    });
    expect(output).toEqual([
      text("log", "one { two: 2 }"),
      { type: "stdout", text: "three\nfour\n" },
      { type: "warning", name: "Warning", message: "five", code: "W5", stack: expect.stringContaining("output.test.ts") },
      { type: "stderr", text: "six\n" },
      text("error", "seven"),
    ]);
  });

  it("formats each method as a console of the future's own would", async () => {
    const worker = await start(kind);
    const body = (): void => {
      console.group("outer");
      console.info("inner\nlines");
      console.groupEnd();
      console.count();
      console.count();
      console.assert(true, "not shown");
      console.assert(false, "shown");
      console.dir({ a: { b: { c: {} } } }, { depth: 0 });
      console.table([[1]]);
      console.trace("where");
    };
    for (const { output } of [await worker.run(body), await worker.run(body)]) {
      expect(output.slice(0, 6)).toEqual([
        text("group", "outer"),
        text("info", "  inner\n  lines"),
        text("count", "default: 1"),
        text("count", "default: 2"),
        text("assert", "Assertion failed: shown"),
        text("dir", "{ a: [Object] }"),
      ]);
      expect(output[6]).toMatchObject({ method: "table", text: expect.stringContaining("│") });
      expect(output[7]).toMatchObject({ method: "trace", text: expect.stringMatching(/^Trace: where\n +at .*output\.test\.ts/) });
    }
  });

  it("uses home's colours", async () => {
    const worker = await start(kind, { colors: 1 });
    expect((await worker.run(() => console.log(5))).output).toEqual([text("log", "\u001b[33m5\u001b[39m")]);
  });

  it("puts together characters that were written in pieces", async () => {
    const worker = await start(kind);
    const { output } = await worker.run(() => {
      for (const byte of Buffer.from("é€")) process.stdout.write(Uint8Array.of(byte));
      process.stdout.write("c3a9", "hex");
      process.stdout.write(Uint8Array.of(0xc3));
    });
    expect(output).toEqual([{ type: "stdout", text: "é€é\ufffd" }]);
  });

  it("calls back after a write", async () => {
    const worker = await start(kind);
    const { value } = await worker.run(() => new Promise((resolve) => process.stdout.write("x", () => resolve("written"))));
    expect(value).toBe("written");
  });

  it("cuts what exceeds the limit and says how much", async () => {
    const worker = await start(kind, { outputLimit: 10 });
    const { output } = await worker.run(() => {
      console.log("12345678");
      console.log("abcdefghij");
      process.stdout.write("more");
    });
    expect(output).toEqual([text("log", "12345678"), { type: "stderr", text: expect.stringContaining("12 more bytes") }]);
  });

  it("passes live output on as it comes", async () => {
    const worker = await start(kind);
    const task = worker.submit(
      () => {
        console.log("now");
        return new Promise(() => {});
      },
      { output: "live" },
    );
    expect(await worker.next("output")).toEqual({ type: "output", task, entries: [text("log", "now")] });
  });

  it("has passed on all live output before the outcome", async () => {
    const worker = await start(kind);
    const { output } = await worker.run(
      () => {
        for (let i = 0; i < 100; i += 1) process.stdout.write(`${i} `);
      },
      { output: "live" },
    );
    expect(output).toEqual([]);
    const entries = worker.messages.flatMap((message) => (message.type === "output" ? message.entries : []));
    const written = entries.map((entry) => (entry.type === "stdout" ? entry.text : "")).join("");
    expect(written.trim().split(" ")).toHaveLength(100);
  });

  it("drops what is to be discarded", async () => {
    const worker = await start(kind);
    const { output } = await worker.run(
      () => {
        console.log("nothing");
        process.stdout.write("nothing");
        process.emitWarning("nothing");
      },
      { output: "discard" },
    );
    expect(output).toEqual([]);
  });

  it("tells a warning outside any future without a task", async () => {
    const worker = await start(kind);
    await worker.run(() => {
      const session = (globalThis as never)[Symbol.for("futureplan/session")] as { current(): unknown };
      const look = (): void => {
        if (session.current() === undefined) process.emitWarning("late", "LateWarning");
        else setTimeout(look, 1).unref();
      };
      setTimeout(look, 1).unref();
    });
    expect(await worker.next("output")).toMatchObject({
      task: undefined,
      entries: [{ type: "warning", name: "LateWarning", message: "late" }],
    });
  });
});

it("inherited output goes to the worker's own stdout", async () => {
  const worker = await start("process");
  const { output } = await worker.run(() => console.log("direct"), { output: "inherit" });
  worker.send({ type: "close" });
  await worker.closed;
  expect(output).toEqual([]);
  expect(worker.stdout).toBe("direct\n");
});
