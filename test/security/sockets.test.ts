/** Nobody can connect to a home or to its workers: none of them listens, whatever the plan, nor under a debugger. */

import { future, plan, shutdown, value, type PlanSpec, multicore, multisession, cluster, sequential } from "futureplan";
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { familyOf, listenersOf } from "./support/listeners.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const isLinux = process.platform === "linux";

afterEach(() => shutdown());

/** Of this process and all workers, which are there as long as the future runs; from outside and from inside. */
async function listening(body: () => Promise<string[]> = () => Promise.resolve([])): Promise<string[]> {
  const f = future(async () => {
    await body();
    return { pid: process.pid, found: listenersOf(process.pid) };
  });
  const { pid, found } = await value(f);
  const family = familyOf(process.pid);
  expect(family).toContain(pid);
  return [...found, ...family.flatMap(listenersOf)];
}

const plans: readonly (readonly [string, PlanSpec])[] = [
  ["sequential", sequential()],
  ["multicore", multicore({ workers: 1 })],
  ["multisession", multisession({ workers: 1 })],
  ["cluster", cluster({ workers: ["localhost"] })],
];

test.runIf(isLinux).each(plans)("%s listens at no socket", async (_, spec) => {
  plan(spec);
  expect(await listening()).toEqual([]);
});

test.runIf(isLinux)("a nested plan listens at no socket", async () => {
  plan([multisession({ workers: 1 }), multisession({ workers: 1 })]);
  const inner = (): Promise<string[]> => value(future(() => listenersOf(process.pid)));
  expect(await listening(inner)).toEqual([]);
});

test.runIf(isLinux)("a worker that does listen would be seen", async () => {
  plan("multisession", { workers: 1 });
  const f = future(async () => {
    const places = [{ host: "127.0.0.1", port: 0 }, { path: join(tmpdir(), `futureplan-listener-${process.pid}`) }];
    const servers = places.map((place) => createServer().listen(place));
    await Promise.all(servers.map((server) => new Promise((done) => server.once("listening", done))));
    const found = listenersOf(process.pid);
    await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
    return found.map((text) => text.split(" ")[1]);
  });
  expect(await value(f)).toEqual(["tcp", "unix"]);
});

/** What a program prints that looks at the debuggers of its workers. */
function debuggers(flags: readonly string[], options: string | undefined): Promise<string> {
  const source = `
    import { url } from "node:inspector";
    import { future, plan, shutdown, value } from "futureplan";
    const seen = [url() !== undefined];
    for (const name of ["multicore", "multisession"]) {
      plan(name, { workers: 1 });
      seen.push(await value(future(() => [process.getBuiltinModule("node:inspector").url() ?? "none", process.env.NODE_OPTIONS ?? "unset"])));
      await shutdown();
    }
    console.log(JSON.stringify(seen));`;
  const env = { ...process.env, ...(options !== undefined && { NODE_OPTIONS: options }) };
  const child = spawn(process.execPath, [...flags, "--input-type=module", "-e", source], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  child.stdout.on("data", (chunk) => (printed += String(chunk)));
  child.stderr.resume();
  return new Promise((resolve) => child.on("close", () => resolve(printed.trim())));
}

const kept = "--no-deprecation --stack-trace-limit=20";

test.each([
  ["its flags", ["--inspect=0"], undefined, "unset"],
  ["NODE_OPTIONS", [], "--inspect=0", "unset"],
  ["some of NODE_OPTIONS", [], `--no-deprecation --inspect --inspect-port 0 --stack-trace-limit=20`, kept],
])("workers of a home that is debugged by %s have no debugger of their own", async (_, flags, options, rest) => {
  // Node refuses a thread's options that are not those of its process, so threads keep them, without effect.
  expect(JSON.parse(await debuggers(flags, options))).toEqual([true, ["none", options ?? "unset"], ["none", rest]]);
});
