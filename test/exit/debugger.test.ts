/** A debugger at home: futures run, workers outlive any pause, and nothing is left when it lets go. */

import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { Debugger } from "./support/Debugger.ts";
import { canWatch, Home } from "./support/Home.ts";

/** Milliseconds, of which three are as long as a silent home is waited for. */
const heartbeat = 100;
const plans: readonly (readonly [string, string])[] = [
  ["sequential", `"sequential"`],
  ["multicore", `"multicore", { workers: 2, oversubscribe: true, heartbeat: ${heartbeat} }`],
  ["multisession", `"multisession", { workers: 2, oversubscribe: true, heartbeat: ${heartbeat} }`],
  ["cluster", `"cluster", { workers: ["localhost", "localhost"], heartbeat: ${heartbeat} }`],
];
const parallel = plans.slice(1);

describe.skipIf(!canWatch)("with a debugger attached (watched with Linux and python3)", () => {
  test.each(plans)("futures of %s run, and the program ends when it lets go", async (_, plan) => {
    const home = Home.run(plan, `const n = 6; console.log(String(await value([1, 2].map((x) => future(() => x * n)))));`, {
      execArgv: ["--inspect-brk=127.0.0.1:0"],
    });
    const tool = await Debugger.attach(home);
    await tool.asks("Runtime.runIfWaitingForDebugger");
    await home.prints("6,12\n");
    await home.complains("Waiting for the debugger to disconnect");
    await tool.detach();
    expect(await home.gone()).toEqual({ code: 0, signal: null });
  });

  test.each(parallel)("workers of %s outlive a pause at home that is longer than all heartbeats", async (_, plan) => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const called = once(server, "connection");
    const home = Home.run(
      plan,
      `const f = future(async () => {
         const { connect } = await import("node:net");
         const socket = connect(${port}, "127.0.0.1");
         await new Promise((done) => socket.once("data", done)); // home is held
         await new Promise((done) => setTimeout(done, ${10 * heartbeat}));
         await new Promise((done) => socket.end("longer than home may be silent").on("close", done));
         return "alive";
       });
       await new Promise((done) => process.stdin.once("data", done));
       debugger;
       console.log(await f);
       process.stdin.destroy();`,
      { execArgv: ["--inspect=127.0.0.1:0"] },
    );
    const tool = await Debugger.attach(home);
    const [worker] = (await called) as [Socket];
    home.type("go\n");
    await tool.hears("Debugger.paused");
    worker.write("held");
    await once(worker, "data");
    worker.end();
    await tool.asks("Debugger.resume");
    await home.complains("Waiting for the debugger to disconnect");
    await tool.detach();
    expect([await home.gone(), home.stdout]).toEqual([{ code: 0, signal: null }, "alive\n"]);
    server.close();
  });

  test.each(parallel)("SIGINT ends what %s runs", async (_, plan) => {
    const home = Home.run(
      plan,
      `const up = heard("up"); void Promise.all([up, listening()]).then(interrupt); await future(() => { console.log("up"); for (;;); }, { output: "live" });`,
      { execArgv: ["--inspect-brk=127.0.0.1:0"] },
    );
    const tool = await Debugger.attach(home);
    await tool.asks("Runtime.runIfWaitingForDebugger");
    await home.complains("Waiting for the debugger to disconnect");
    await tool.detach();
    expect(await home.gone()).toEqual({ code: 130, signal: null });
  });
});
