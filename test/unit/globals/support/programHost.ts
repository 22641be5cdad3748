/**
 * Bundled, then run by plain `node` (no vitest between us and the modules): runs every program at home and in a worker
 * thread, as the library would, and prints one line of JSON per program.
 */

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { Worker } from "node:worker_threads";
import { decodeAtHome, snapshot, snapshotValue } from "../../../../src/globals/snapshot.ts";
import { NotPortable } from "../../../../src/errors/errors.ts";
import type { Definition, Encoded } from "../../../../src/codec/Encoded.ts";
import type { Program, ProgramResult } from "./Program.ts";

const [, , list, workerFile] = process.argv;
const programs = JSON.parse(readFileSync(list ?? "", "utf8")) as Program[];
const root = realpathSync(mkdtempSync(join(tmpdir(), "futureplan-programs-")));
process.on("unhandledRejection", () => undefined);

interface Reply {
  readonly body: Encoded;
  readonly definitions: readonly Definition[];
  readonly failed: boolean;
}

let worker: Worker | undefined;
let settle: { readonly resolve: (reply: Reply) => void; readonly reject: (error: unknown) => void } | undefined;

function open(): Worker {
  const made = new Worker(workerFile ?? "");
  made.on("message", (reply: Reply) => settle?.resolve(reply));
  made.on("error", (error) => {
    worker = undefined;
    settle?.reject(error);
  });
  return made;
}

/** One task at a time. A worker that says nothing for long is replaced. */
async function answer(message: object): Promise<Reply> {
  const there = (worker ??= open());
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Reply>((resolve, reject) => {
      settle = { resolve, reject };
      timer = setTimeout(() => reject(new Error("no answer within 10 s")), 10_000);
      there.postMessage(message);
    });
  } catch (error) {
    worker = undefined;
    void there.terminate();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function elsewhere(fn: Function, args: readonly unknown[], modules: readonly string[]): Promise<unknown> {
  const { payload, futures } = snapshot(fn, args, { globals: true, maxGlobalsSize: 1e9, label: undefined, modules });
  const values = await Promise.all(futures.map(({ value }) => value));
  const dependencies = values.map((value) => snapshotValue(value, "dependency"));
  const reply = await answer({
    body: payload.body,
    definitions: [payload, ...dependencies].flatMap(({ needs }) => needs),
    dependencies: dependencies.map(({ body }) => body),
    modules,
  });
  const value = await decodeAtHome(reply.body, reply.definitions);
  if (reply.failed) throw value;
  return value;
}

async function load({ files }: Program, at: string): Promise<{ make: () => () => unknown; modules?: readonly string[] }> {
  const paths = Object.entries(files).map(([name, text]) => {
    const path = join(at, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  });
  return (await import(pathToFileURL(paths[0] ?? "").href)) as { make: () => () => unknown };
}

const call = (fn: () => unknown): unknown => fn();

async function runOne(program: Program, index: number): Promise<ProgramResult> {
  const { make, modules = [] } = await load(program, join(root, String(index)));
  let expected: unknown;
  if (program.kind !== "refused") expected = await make()();
  try {
    for (const viaArgument of [false, true]) {
      const fn = make();
      const actual = viaArgument ? await elsewhere(call, [fn], modules) : await elsewhere(fn, [], modules);
      if (program.kind === "refused")
        return { title: program.title, outcome: "wrong", detail: `not refused: ${inspect(actual, { depth: 4 })}` };
      assert.deepEqual(actual, expected);
    }
    return { title: program.title, outcome: "same", detail: "" };
  } catch (error) {
    if (error instanceof NotPortable) return { title: program.title, outcome: "refused", detail: error.message };
    return { title: program.title, outcome: "wrong", detail: error instanceof Error ? (error.stack ?? error.message) : inspect(error) };
  }
}

for (const [index, program] of programs.entries()) {
  const result = await runOne(program, index).catch((error): ProgramResult => ({
    title: program.title,
    outcome: "wrong",
    detail: `at home: ${inspect(error)}`,
  }));
  process.stdout.write(`\n@@${JSON.stringify(result)}\n`);
}
rmSync(root, { recursive: true, force: true });
process.exit();
