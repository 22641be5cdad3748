/** Processes where something is missing: a place for the start marker, room for the environment, descriptors. */

import { spawn } from "node:child_process";
import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { processChannel } from "../../../src/backends/processChannel.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Runs a module that imports the built package, in a shell that first runs `before`; gives what it prints, as JSON. */
function evaluate(source: string, before: string): Promise<unknown> {
  const script = `${before}; exec "$0" --input-type=module -e "$1"`;
  const child = spawn("sh", ["-c", script, process.execPath, source], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  child.stdout.on("data", (chunk) => (printed += String(chunk)));
  return new Promise((resolve) => child.on("close", () => resolve(printed === "" ? undefined : JSON.parse(printed))));
}

describe.each([
  ["has no directory for temporary files", "TMPDIR=/no/such/place; export TMPDIR"],
  ["may not write files", "ulimit -f 0"],
])("a home that %s", (_, before) => {
  it("runs futures in processes, and knows which had begun when one dies", async () => {
    const source = `
      import { future, plan, shutdown, value } from "futureplan";
      plan("multisession", { workers: 1 });
      const sum = await value(future(() => 1 + 1));
      const error = await value(future(() => process.kill(process.pid, "SIGKILL"))).catch((error) => error);
      await shutdown();
      console.log(JSON.stringify([sum, error.name, error.signal, error.message]));`;
    expect(await evaluate(source, before)).toEqual([2, "WorkerLost", "SIGKILL", expect.any(String)]);
  });
});

/** Of sockets, pipes and files; libuv keeps `/dev/null` open for the next process. */
function descriptors({ readdirSync, readlinkSync }: typeof fs): number {
  const links = readdirSync("/proc/self/fd").map((name) => {
    try {
      return readlinkSync(`/proc/self/fd/${name}`);
    } catch {
      return "/dev/null"; // the listing's own
    }
  });
  return links.filter((link) => link !== "/dev/null").length;
}

it("a process that Node refuses to start leaves no descriptor open", () => {
  const before = descriptors(fs);
  const env = { LONG: "x".repeat(200_000) };
  expect(() => processChannel({ command: process.execPath, args: [], env })).toThrow("E2BIG");
  expect(descriptors(fs)).toBe(before);
});

it("where no descriptors are left the channel ends, says so, and leaves none open", async () => {
  const source = `
    import fs, { closeSync, openSync } from "node:fs";
    import { processChannel } from "futureplan/backend";
    ${descriptors.toString()}
    const taken = [];
    const take = () => { for (;;) taken.push(openSync("/dev/null")); };
    try { take(); } catch {}
    for (let spare = 0; spare < 4; spare += 1) closeSync(taken.pop());
    const before = descriptors(fs);
    const channel = processChannel({ command: process.execPath, args: [], env: process.env });
    const end = await new Promise((closed) => channel.listen({ closed }));
    console.log(JSON.stringify([end.cause.code, descriptors(fs) - before]));`;
  expect(await evaluate(source, "ulimit -n 64")).toEqual(["EMFILE", 0]);
});
