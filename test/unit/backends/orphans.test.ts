/** Processes end with home, however home ends, even while they are blocked. */

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const index = new URL("../../../dist/index.js", import.meta.url).href;
const program = `
import { future, plan } from ${JSON.stringify(index)};
plan("multisession", { workers: 1 });
const blocked = () => { process.stdout.write(process.pid + "\\n"); for (;;); };
future(blocked, { output: "inherit" });
process.stdin.on("data", (way) => {
  if (String(way) === "exit") process.exit(0);
  if (String(way) === "throw") throw new Error("on purpose");
  process.kill(process.pid, String(way));
});
`;

/** Starts home, waits until its worker is blocked, ends home; gives the worker's id once its output has been closed. */
async function workerOf(way: string): Promise<number> {
  const home = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["pipe", "pipe", "ignore"], cwd: here });
  let text = "";
  await new Promise<void>((resolve) => {
    home.stdout.on("data", (chunk: Buffer) => {
      text += String(chunk);
      if (text.includes("\n")) resolve();
    });
  });
  const closed = new Promise((resolve) => home.on("close", resolve));
  home.stdin.write(way);
  await closed;
  return Number(text);
}

const here = fileURLToPath(new URL("../../../", import.meta.url));

/** A process that has ended may wait for init to take note of it. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

test.skipIf(process.platform !== "linux").each(["exit", "throw", "SIGTERM", "SIGINT", "SIGKILL"])(
  "home ends by %s, and its blocked worker with it (Linux)",
  async (way) => {
    const pid = await workerOf(way);
    expect(pid).toBeGreaterThan(0);
    // The end of a process that is nobody's child here is no event: its state has to be asked for.
    await expect.poll(() => isRunning(pid)).toBe(false);
  },
);
