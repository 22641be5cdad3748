/** Ctrl-C at home, for what every plan has in common; `src/conformance/cases/interrupts.ts` has what each has to do. */

import { describe, expect, test } from "vitest";
import { canWatch, Home, type End } from "./support/Home.ts";

const threads = `"multicore", { workers: 2, oversubscribe: true }`;
const processes = `"multisession", { workers: 2, oversubscribe: true }`;
/** A loaded machine takes longer than the default grace to answer. */
const patient = processes.replace("{", "{ grace: 30_000,");
const bySigint: End = { code: null, signal: "SIGINT" };
const with130: End = { code: 130, signal: null };

/** One that runs until it is interrupted. */
const waiting = `const f = future(() => new Promise((done) => setTimeout(done, 1e6)), { label: "f" });`;

async function run(plan: string, source: string): Promise<{ end: End; stdout: string; stderr: string }> {
  const home = Home.run(plan, source);
  const end = await home.gone();
  return { end, stdout: home.stdout, stderr: home.stderr };
}

describe.skipIf(!canWatch)("SIGINT (watched with Linux and python3)", () => {
  test("ends a program that is not waiting for futures as if there were none", async () => {
    const source = `await value([1, 2].map((x) => future(() => new Promise((done) => setTimeout(done, 200, x)))));
      console.log(process.listenerCount("SIGINT")); interrupt(); for (;;);`;
    expect(await run(processes, source)).toEqual({ end: bySigint, stdout: "0\n", stderr: "" });
  });

  test("ends a loop in this thread at once, since nobody listens for it under sequential", async () => {
    const source = `await future(() => new Promise((done) => setTimeout(done, 200))); await future(() => { interrupt(); for (;;); }, { globals: { add: { interrupt } } });`;
    expect(await run(`"sequential"`, source)).toEqual({ end: bySigint, stdout: "", stderr: "" });
  });

  test("is left to the program where that listens itself", async () => {
    const source = `process.on("SIGINT", () => console.log("mine")); const f = future(() => new Promise((done) => setTimeout(done, 300, "done")));
      await listening(); setTimeout(interrupt, 100); console.log(await f, process.listenerCount("SIGINT"));`;
    expect(await run(threads, source)).toEqual({ end: { code: 0, signal: null }, stdout: "mine\ndone 1\n", stderr: "" });
  });

  test("lets a listener that ends the process when it is alone do so", async () => {
    const source = `const alone = () => { if (process.listenerCount("SIGINT") === 1) { process.off("SIGINT", alone); interrupt(); } }; process.on("SIGINT", alone);
      ${waiting} await new Promise((done) => { process.on("newListener", (name) => name === "SIGINT" && setImmediate(done)) }); interrupt(); await f;`;
    expect(await run(processes, source)).toEqual({ end: bySigint, stdout: "", stderr: "" });
  });

  test.each([
    ["is not caught", `await f;`],
    ["is the cause of another error", `try { await f } catch (cause) { throw new Error("step 1 failed", { cause }) }`],
    ["is one of several", `await Promise.any([f])`],
    ["is nobody's", `void Promise.resolve(f).then(() => undefined); await new Promise((done) => setTimeout(done, 1));`],
  ])("gives code 130 and no stack when the interruption %s", async (_, source) => {
    expect(await run(threads, `${waiting} void listening().then(interrupt); ${source}`)).toEqual({ end: with130, stdout: "", stderr: "" });
  });

  test("gives code 130 to a program that catches the interruption and calls it a failure", async () => {
    const source = `${waiting} void listening().then(interrupt); await f.then(undefined, () => (process.exitCode = 1));`;
    expect(await run(threads, source)).toEqual({ end: with130, stdout: "", stderr: "" });
  });

  test("leaves another uncaught error as it is", async () => {
    const source = `${waiting} void listening().then(interrupt); try { await f } finally { throw new TypeError("in the clean-up") }`;
    const { end, stderr } = await run(threads, source);
    expect(end).toEqual({ code: 1, signal: null });
    expect(stderr).toMatch(/TypeError: in the clean-up\n +at /);
  });

  test("waits for what the program does in the end, and then for nothing more", async () => {
    const source = `${waiting} setInterval(() => undefined, 1e6); void listening().then(interrupt);
      try { await f } catch { await new Promise((done) => setTimeout(done, 200)); console.log("closed") }`;
    expect(await run(threads, source)).toEqual({ end: with130, stdout: "closed\n", stderr: "" });
  });

  test("ends a program that tries again and again", async () => {
    const source = `void listening().then(interrupt); for (;;) await future(() => new Promise((done) => setTimeout(done, 1e6))).then(undefined, () => undefined);`;
    expect((await run(threads, source)).end).toEqual(with130);
  });

  test("ends maps and containers with one error, whose text names it", async () => {
    const source = `const forever = () => new Promise((done) => setTimeout(done, 1e6)); void listening().then(interrupt);
      const seen = [fp.futureMap([1, 2, 3, 4], forever, { label: "m" }), value([future(forever, { label: "v" }), 1]), fp.futureReduce([1, 2, 3], forever)];
      for (const each of await Promise.allSettled(seen)) console.log(each.reason.name, /SIGINT/.test(each.reason.message));`;
    const { end, stdout } = await run(threads, source);
    expect(end).toEqual(with130);
    expect(stdout).toMatch(/^(Future(Interrupted|Canceled) true\n){3}$/);
  });

  test("lets everything out, even to a reader that is slow", async () => {
    const source = `const write = () => {
        process.stdout.write("x".repeat(3e6));
        fp.currentFuture().progress(0.5);
        return new Promise((_, fail) => fp.currentFuture().signal.addEventListener("abort", fail));
      };
      const begun = new Promise((done) => { globalThis.progress = ({ done: part }) => part > 0 && done() });
      void Promise.all([listening(), begun]).then(interrupt);
      setInterval(() => undefined, 1e6);
      try { await fp.futureMap([1], write, { progress: globalThis.progress }) } finally { console.log("last"); setTimeout(() => console.error("later"), 1500) }`;
    const home = Home.run(patient, source);
    home.pause();
    await Promise.race([home.complains("later"), home.gone()]);
    home.resume();
    expect(await home.gone()).toEqual(with130);
    expect(home.stdout.length).toBe(3_000_005);
  });
});
