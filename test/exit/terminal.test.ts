/** Keys in a terminal, which reach everything that runs in front there: home, its workers, the shell that guards them, `ssh`. */

import { afterAll, describe, expect, test } from "vitest";
import { SshHosts } from "../cluster/support/SshHosts.ts";
import { canWatch, Home } from "./support/Home.ts";

const hosts = await SshHosts.start({ count: 1 });
const plans = {
  sequential: `"sequential"`,
  multicore: `"multicore", { workers: 2, oversubscribe: true }`,
  multisession: `"multisession", { workers: 2, oversubscribe: true }`,
  "cluster of localhost": `"cluster", { workers: ["localhost", "localhost"] }`,
  "cluster by ssh2": `"cluster", { workers: ["node1"], sshConfig: ${JSON.stringify(hosts.config)} }`,
  "cluster by ssh": `"cluster", { workers: [{ host: "node1", launch: "ssh" }], sshConfig: ${JSON.stringify(hosts.config)} }`,
};
const parallel = Object.entries(plans).slice(1);

/** Runs until it is asked to stop, and says both; `deaf`: says so and goes on. */
const running = `const up = heard("up");
  const work = (deaf) => {
    console.log("up");
    return new Promise((_, fail) => fp.currentFuture().signal.addEventListener("abort", () => { console.log("asked"); if (!deaf) fail(new Error("stop")) }));
  };`;

describe.skipIf(!canWatch)("in a terminal (of Linux, by python3)", () => {
  afterAll(() => hosts.stop());

  test.each(parallel)("Ctrl-C lets the workers of %s hear from home, and ends with code 130", async (_, plan) => {
    const home = Home.run(
      plan.replace("{", "{ grace: 30_000,"),
      `${running} const f = future(work, [false], { output: "live" }); await up; await listening(); console.log("press");
       try { await f } catch (error) { console.log(error.name) }`,
      { terminal: true },
    );
    await home.prints("press");
    home.type("\x03");
    expect(await home.gone()).toEqual({ code: 130, signal: null });
    expect(home.stdout).toMatch(/press\r\n(\^C)?[^]*asked[^]*FutureInterrupted\r\n$/);
  });

  test.each(parallel)("Ctrl-C twice ends %s at once", async (_, plan) => {
    const patient = plan.replace("{", "{ grace: 3_600_000,");
    const home = Home.run(
      patient,
      `${running} const f = future(work, [true], { output: "live" }); await up; await listening(); console.log("press"); await f;`,
      { terminal: true },
    );
    await home.prints("press");
    home.type("\x03");
    await home.prints("asked");
    home.type("\x03");
    expect(await home.gone()).toEqual({ code: null, signal: "SIGINT" });
  });

  test("Ctrl-C ends a loop of sequential", async () => {
    const home = Home.run(plans.sequential, `await future(() => { console.log("up"); for (;;); }, { output: "inherit" });`, {
      terminal: true,
    });
    await home.prints("up");
    home.type("\x03");
    expect(await home.gone()).toEqual({ code: null, signal: "SIGINT" });
  });

  test.each(parallel)("Ctrl-Z stops %s, which goes on when it is in front again", async (_, plan) => {
    const home = Home.run(
      plan,
      `const up = heard("up"); const f = future((x) => { console.log("go on"); return x }, [future(async () => { console.log("up"); await new Promise((done) => setTimeout(done, 500)); return 7 }, { output: "live" })], { output: "live" });
       await up; console.log("press"); console.log("value " + (await f));`,
      { terminal: true },
    );
    await home.prints("press");
    home.type("\x1a");
    await home.stopped();
    home.type("\n");
    expect(await home.gone()).toEqual({ code: 0, signal: null });
    expect(home.stdout).toMatch(/value 7\r\n$/);
  });

  test("a hang-up ends everything", async () => {
    const home = Home.run(
      plans.multisession,
      `${running} const f = future(() => { console.log("up"); for (;;); }, { output: "live" }); await f;`,
      { terminal: true },
    );
    await home.prints("up");
    home.hangUp();
    expect(await home.gone()).toEqual({ code: null, signal: "SIGHUP" });
  });
});
