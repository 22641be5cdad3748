/** However home ends and whatever its futures do, it ends as it would without them, and no process that it started is left. */

import { describe, expect, test } from "vitest";
import { canWatch, Home, type End } from "./support/Home.ts";

const plans = {
  multicore: `"multicore", { workers: 2, oversubscribe: true }`,
  multisession: `"multisession", { workers: 2, oversubscribe: true }`,
  cluster: `"cluster", { workers: ["localhost", "localhost"] }`,
};

/** What futures are doing when home ends. */
const states: Readonly<Record<string, string>> = {
  "workers are idle": `await value([1, 2].map((x) => future(() => x)));`,
  "workers still start": `void future(() => 1);`,
  "futures wait": `const up = heard("up"); void future(() => { console.log("up"); return new Promise((done) => setTimeout(done, 1e6)) }, { output: "live" }); await up;`,
  "futures are blocked": `const up = heard("up"); void future(() => { console.log("up"); for (;;); }, { output: "live" }); await up;`,
  "many are queued": `const up = heard("up"); for (let i = 0; i < 1000; i++) void future((first) => { if (first) console.log("up"); for (;;); }, [i === 0], { output: "live" }); await up;`,
  "futures have futures": `fp.plan([fp.tweak(fp.plan()[0], {}), fp.multisession({ workers: 2, oversubscribe: true })]); const up = heard("up"); void future(() => value([1, 2].map(() => future(() => { console.log("up"); for (;;); }, { output: "live" }))), { output: "live" }); await up;`,
};

interface Way {
  readonly source: string;
  readonly end: End;
  /** What it writes on standard error. */
  readonly says?: string;
}

const bySignal = (signal: string): Way => ({
  source: `process.kill(process.pid, "${signal}"); await new Promise(() => undefined);`,
  end: { code: null, signal },
});

const ways: Readonly<Record<string, Way>> = {
  "an uncaught error": { source: `throw new Error("at home");`, end: { code: 1, signal: null }, says: "at home" },
  "an unhandled rejection": {
    source: `void Promise.reject(new Error("at home")); await new Promise(() => undefined);`,
    end: { code: 1, signal: null },
    says: "at home",
  },
  "process.exit()": { source: `process.exit(3);`, end: { code: 3, signal: null } },
  "process.exit() in a listener of exit": {
    source: `process.prependListener("exit", () => process.exit(4)); process.exit(3);`,
    end: { code: 4, signal: null },
  },
  SIGTERM: bySignal("SIGTERM"),
  SIGHUP: bySignal("SIGHUP"),
  SIGKILL: bySignal("SIGKILL"),
};

const cells = Object.keys(plans).flatMap((plan, row) =>
  Object.keys(states).map((state, column) => ({ plan, state, some: waysOf(2 * row + column) })),
);

/** Two for each cell of the table, in turn, so that each plan meets each way: all would take minutes. */
function waysOf(start: number): readonly string[] {
  const names = Object.keys(ways);
  return [start, start + 3].map((number) => names[number % names.length] ?? "");
}

describe.skipIf(!canWatch)("a home (watched with Linux and python3) ends", () => {
  test.each(cells)("under $plan while $state: $some.0, $some.1", async ({ plan, state, some }) => {
    const ended = some.map(async (name) => {
      const way = ways[name];
      const home = Home.run(plans[plan as keyof typeof plans], `${states[state]}\n${way?.source}`);
      const end = await home.gone();
      return { name, end, says: home.stderr.includes(way?.says ?? "") };
    });
    expect(await Promise.all(ended)).toEqual(some.map((name) => ({ name, end: ways[name]?.end, says: true })));
  });

  test.each(Object.entries(plans))("under %s by itself, or in a listener of beforeExit, when nothing is pending", async (_, plan) => {
    const idle = `${states["workers are idle"]} console.log("end");`;
    const byItself = Home.run(plan, idle);
    expect([await byItself.gone(), byItself.stdout]).toEqual([{ code: 0, signal: null }, "end\n"]);
    const inListener = Home.run(plan, `process.on("beforeExit", () => process.exit(5)); ${idle}`);
    expect([await inListener.gone(), inListener.stdout]).toEqual([{ code: 5, signal: null }, "end\n"]);
  });
});
