/** The line for the login shell of another host does the same in every shell that is here. */

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { findBootReport, keeperCommand, remoteStart } from "../../../src/launchers/remoteWorker.ts";

const program = `require("node:fs").writeSync(3, JSON.stringify([process.env.A, process.env.EMPTY, process.env.futureplan, process.title, process.cwd(), process.env.OMP_NUM_THREADS])); process.exit(0);`;
/** What means something to some shell, all characters of two bytes, and an end of line at the end, which \`$(…)\` would cut off. */
const odd = `it's $HOME \\\\ "x" !y \`z\` \r\t\n%d${String.fromCharCode(...Array.from({ length: 0x780 }, (_, at) => at + 0x80))}€\n\n`;
const shells = ["sh", "dash", "bash", "zsh", "tcsh", "fish"].filter((shell) => spawnSync(shell, ["-c", "exit 0"]).status === 0);

const launch = { node: process.execPath, cwd: undefined, threadsPerWorker: 1, size: Buffer.byteLength(program) };

test("nothing of the environment stands on a command line, where everyone can read it", () => {
  const commands = ["one", "two"].map((A) => remoteStart({ ...launch, env: { A } }).command);
  expect(commands[0]).toBe(commands[1]);
});

describe.each(shells)("%s", (shell) => {
  test("starts a worker with any environment", () => {
    const env = { A: odd, EMPTY: "", futureplan: "mine", NODE_OPTIONS: "--title=titled" };
    const { command, variables } = remoteStart({ ...launch, env, cwd: "/usr", threadsPerWorker: 2 });
    const { stdout, status } = spawnSync(shell, ["-c", command], { input: variables + program, encoding: "utf8" });
    expect([status, findBootReport(stdout)]).toEqual([0, { node: process.versions.node, pid: expect.any(Number) }]);
    expect(JSON.parse(stdout.slice(stdout.indexOf("[")))).toEqual([odd, "", "mine", "titled", "/usr", "2"]);
  });

  test("starts a worker without one, which then finds no variable of ours", () => {
    const { command, variables } = remoteStart({ ...launch, env: {} });
    expect(variables).toBe("");
    const { stdout } = spawnSync(shell, ["-c", command], { input: program, encoding: "utf8", env: { PATH: process.env["PATH"] } });
    expect(JSON.parse(stdout.slice(stdout.indexOf("[")))).toEqual([null, null, null, process.execPath, process.cwd(), "1"]);
  });

  test("keeps the workers it is told of, kills one, and all when its input ends", async () => {
    const worker = spawn("sleep", ["100"]);
    const { stdout, status } = spawnSync(shell, ["-c", keeperCommand(60)], {
      input: `keep ${worker.pid}\nkill 999999999\nkeep ${worker.pid}\n`,
      encoding: "utf8",
    });
    expect([status, stdout]).toEqual([0, "futureplan:keeper\n" + "futureplan:beat\n".repeat(3)]);
    expect(await once(worker, "exit")).toEqual([null, "SIGKILL"]);
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
