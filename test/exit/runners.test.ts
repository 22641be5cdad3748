/** Test runners as homes: `node --test`, and vitest while it watches. Whatever ends a run, its workers are gone. */

import { once } from "node:events";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canWatch, Home } from "./support/Home.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const server = createServer();
const calls: Socket[] = [];
let project: string;
let port: number;

beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  ({ port } = server.address() as AddressInfo);
  server.on("connection", (socket) => {
    calls.push(socket);
    socket.on("error", () => undefined).resume();
  });
  project = await mkdtemp(join(tmpdir(), "futureplan-runners-"));
  await mkdir(join(project, "node_modules"));
  await symlink(root, join(project, "node_modules/futureplan"));
  await symlink(join(root, "node_modules/vitest"), join(project, "node_modules/vitest"));
  await writeFile(join(project, "package.json"), `{ "type": "module" }`);
  await writeFile(join(project, "vitest.config.js"), `export default { test: { include: ["watched.js"] } };`);
});

afterAll(async () => {
  server.close();
  await rm(project, { recursive: true, force: true });
});

/** The next worker that calls, which it does while a future runs. */
async function nextCall(): Promise<Socket> {
  while (calls.length === 0) await once(server, "connection");
  return calls.shift() as Socket;
}

/** A test that waits for a future, which calls and waits to be told to go on; it gives the value times `factor`. */
const subject = (runner: string): string => `
  import { test } from ${JSON.stringify(runner)};
  import { future, plan, value } from "futureplan";
  import { factor } from "./factor.js";
  test("a future", { timeout: 60_000 }, async () => {
    plan("multisession", { workers: 1 });
    const f = future(async () => {
      const { connect } = await import("node:net");
      const socket = connect(${port}, "127.0.0.1");
      await new Promise((done) => socket.once("data", done));
      socket.unref(); // it closes when the worker ends
      return 2 * factor;
    });
    console.log("value " + (await value(f)));
  });`;

const factor = (value: number): Promise<void> => writeFile(join(project, "factor.js"), `export const factor = ${value};\n`);

describe.skipIf(!canWatch)("under a test runner (watched with Linux and python3)", () => {
  const isolations = process.allowedNodeEnvironmentFlags.has("--test-isolation") ? ["process", "none"] : ["process"];

  test.each(isolations)("node --test ends and leaves nothing (isolation: %s)", async (isolation) => {
    await factor(3);
    await writeFile(join(project, "run.js"), subject("node:test"));
    const home = new Home(["--test", ...(isolations.length > 1 ? [`--test-isolation=${isolation}`] : []), "run.js"], { cwd: project });
    const worker = await nextCall();
    worker.write("go on");
    expect(await home.gone()).toEqual({ code: 0, signal: null });
    expect(home.stdout).toContain("value 6");
  });

  test("Ctrl-C ends node --test while a future runs", async () => {
    await factor(3);
    await writeFile(join(project, "run.js"), subject("node:test"));
    const home = new Home(["--test", "run.js"], { cwd: project, terminal: true });
    await nextCall();
    home.type("\x03");
    expect((await home.gone()).code).not.toBe(0);
  });

  test.each([
    ["q", "q"],
    ["Ctrl-C", "\x03"],
  ])("vitest runs again what was changed while futures ran, with new workers, and quits by %s", async (_, key) => {
    await factor(1);
    await writeFile(join(project, "watched.js"), subject("vitest"));
    const home = new Home(["node_modules/vitest/vitest.mjs", "--watch"], { cwd: project, terminal: true });
    const first = await nextCall();
    await factor(5);
    first.write("go on");
    const second = await nextCall();
    if (!first.closed) await once(first, "close");
    second.write("go on");
    await home.prints("Waiting for file changes", "value 10");
    home.type(key);
    expect(await home.gone()).toMatchObject({ signal: null });
  });
});
