/** What workers see of the terminal that home runs in: as many colours, by the variable that packages and Node ask for first. */

import { afterAll, describe, expect, test } from "vitest";
import { SshHosts } from "../cluster/support/SshHosts.ts";
import { canWatch, Home } from "./support/Home.ts";

const hosts = await SshHosts.start({ count: 1 });
const plans = {
  sequential: () => `"sequential"`,
  multicore: (env: string) => `"multicore", { workers: 1, env: ${env} }`,
  multisession: (env: string) => `"multisession", { workers: 1, env: ${env} }`,
  "cluster of localhost": (env: string) => `"cluster", { workers: ["localhost"], env: ${env} }`,
  "cluster by ssh2": (env: string) => `"cluster", { workers: ["node1"], sshConfig: ${JSON.stringify(hosts.config)}, env: ${env} }`,
};
const all = Object.entries(plans);
const parallel = all.slice(1);

/** Nobody has decided about colours, and the terminal has all of them. */
const undecided = `for (const name of ["FORCE_COLOR", "NO_COLOR", "NODE_DISABLE_COLORS", "CI", "TERM_PROGRAM", "TMUX", "TF_BUILD", "TEAMCITY_VERSION"]) delete process.env[name];
  process.env.TERM = "xterm-256color"; delete process.env.COLORTERM;`;
const print = `const print = () => console.log({ a: 1 });`;
const depth = `const depth = () => process.getBuiltinModule("node:tty").WriteStream.prototype.getColorDepth();`;

/** The lines that the script prints, in a terminal or to a pipe. */
async function lines(plan: string, source: string, terminal = true): Promise<string[]> {
  const home = Home.run(plan, source, { terminal });
  expect(await home.gone()).toEqual({ code: 0, signal: null });
  return home.stdout.trim().split(/\r?\n/);
}

describe.skipIf(!canWatch)("in a terminal (of Linux, by python3)", () => {
  afterAll(() => hosts.stop());

  test.each(all)("the console of %s colours what it prints as home's does, however it gets there", async (_, plan) => {
    const source = `${undecided} ${print} print(); await future(print); await future(print, { output: "live" }); console.log("end");`;
    const [home, ...rest] = await lines(plan("{}"), source);
    expect(home).toContain("\u001b[33m1\u001b[39m");
    expect(rest).toEqual([home, expect.stringMatching(/^\S*\[future #2\]/), "end"]);
    expect(rest[1]?.endsWith(home ?? "")).toBe(true);
  });

  test.each(all)("%s counts as many colours as home", async (_, plan) => {
    const source = `${undecided} ${depth} console.log(process.stdout.getColorDepth()); console.log(await value(future(depth)));`;
    expect(await lines(plan("{}"), source)).toEqual(["8", "8"].map((text) => expect.stringContaining(text)));
  });

  test.each(parallel)("in %s the variable is not listed, and reaches no child process", async (_, plan) => {
    const source = `${undecided}
      const look = () => {
        const child = process.getBuiltinModule("node:child_process").execFileSync(process.execPath, ["-p", "process.env.FORCE_COLOR"], { encoding: "utf8" });
        return [process.env.FORCE_COLOR, "FORCE_COLOR" in process.env, Object.keys(process.env).includes("FORCE_COLOR"), child.trim()].join();
      };
      console.log(await value(future(look)));`;
    expect(await lines(plan("{}"), source)).toEqual(["2,true,false,undefined"]);
  });

  test.each(parallel)("the plan's env decides for %s", async (_, plan) => {
    const source = `${undecided} ${print} await future(print); await future(() => { process.env.FORCE_COLOR = "1"; console.log({ a: 1 }) }); await future(print);`;
    const [plain, coloured] = ["{ a: 1 }", "{ a: \u001b[33m1\u001b[39m }"];
    expect(await lines(plan(`{ NO_COLOR: "1" }`), source)).toEqual([plain, coloured, plain]);
    expect(await lines(plan(`{ FORCE_COLOR: "0" }`), source)).toEqual([plain, coloured, plain]);
  });

  test.each(all)("without a terminal %s has no colours", async (_, plan) => {
    const source = `${undecided} ${print} ${depth} print(); await future(print); console.log(await value(future(() => process.env.FORCE_COLOR)));`;
    expect(await lines(plan("{}"), source, false)).toEqual(["{ a: 1 }", "{ a: 1 }", "undefined"]);
  });
});
