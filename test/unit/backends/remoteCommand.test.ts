/** The line for the login shell of another host does the same in every shell that is here. */

import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { findBootReport, keeperCommand, remoteCommand } from "../../../src/launchers/remoteWorker.ts";

const program = `require("node:fs").writeSync(3, JSON.stringify([process.env.A, process.cwd(), process.env.OMP_NUM_THREADS])); process.exit(0);`;
const odd = `it's $HOME \\\\ "x" !y \`z\` ü\n%d`;
const shells = ["sh", "dash", "bash", "zsh", "tcsh", "fish"].filter((shell) => spawnSync(shell, ["-c", "exit 0"]).status === 0);

describe.each(shells)("%s", (shell) => {
  test("starts a worker with any environment", () => {
    const launch = {
      node: process.execPath,
      env: { A: odd, EMPTY: "" },
      cwd: "/usr",
      threadsPerWorker: 2,
      size: Buffer.byteLength(program),
    };
    const { stdout, status } = spawnSync(shell, ["-c", remoteCommand(launch)], { input: program, encoding: "utf8" });
    expect([status, findBootReport(stdout)]).toEqual([0, { node: process.versions.node, pid: expect.any(Number) }]);
    expect(JSON.parse(stdout.slice(stdout.indexOf("[")))).toEqual([odd, "/usr", "2"]);
  });

  test("keeps the workers it is told of, kills one, and all when its input ends", () => {
    const one = spawnSync("sh", ["-c", "sleep 100 </dev/null >/dev/null 2>&1 & echo $!"], { encoding: "utf8" }).stdout.trim();
    const { stdout, status } = spawnSync(shell, ["-c", keeperCommand(60)], {
      input: `keep ${one}\nkill 999999999\nkeep ${one}\n`,
      encoding: "utf8",
    });
    expect([status, stdout]).toEqual([0, "futureplan:keeper\n" + "futureplan:beat\n".repeat(3)]);
    expect(spawnSync("ps", ["-o", "stat=", "-p", one], { encoding: "utf8" }).stdout.trim()).toMatch(/^(Z.*)?$/);
  });
});

describe("first words", () => {
  test.each([
    ["no JSON", "{half of it}"],
    ["a number for all processes", '{"node":"20.0.0","pid":-1}'],
    ["the number of a group", '{"node":"20.0.0","pid":0}'],
    ["a number that is none", '{"node":"20.0.0","pid":"7 8"}'],
    ["no version", '{"pid":7}'],
  ])("with %s are noise", (_, line) => {
    expect(findBootReport(`motd\nfutureplan:boot ${line}\n`)).toBeUndefined();
  });

  test("tell what is wrong there", () => {
    const line = 'futureplan:boot {"node":"18.0.0","pid":7,"problem":"old"}';
    expect(findBootReport(`motd\n${line}\n`)).toEqual({ node: "18.0.0", pid: 7, problem: "old" });
  });
});
