/** `plan("cluster")` on real SSH servers that see nothing of this checkout. */

import {
  cluster,
  currentFuture,
  future,
  futureMap,
  multicore,
  multisession,
  plan,
  shutdown,
  value,
  WorkerLost,
  type ClusterOptionsInput,
} from "futureplan";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { SshHosts } from "./support/SshHosts.ts";

const checkout = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");
const hosts = await SshHosts.start({ hide: [checkout] });

describe("a cluster", () => {
  const { config: sshConfig } = hosts;
  const options = (workers: ClusterOptionsInput["workers"], more: ClusterOptionsInput = {}): ClusterOptionsInput => ({
    workers,
    sshConfig,
    ...more,
  });

  beforeAll(() => void plan("sequential"));
  afterEach(() => shutdown());
  afterAll(() => hosts.stop());

  /** What three futures at once say, in order. */
  async function together(say: () => string | undefined): Promise<(string | undefined)[]> {
    const all = [1, 2, 3].map(() => future(async () => (await new Promise((done) => setTimeout(done, 200)), say())));
    return (await value(all)).toSorted((one, other) => (String(one) < String(other) ? -1 : 1));
  }

  const where = (): unknown => [process.env["TEST_HOST"], process.pid];

  test("runs futures on the hosts it names, with nothing there but Node", async () => {
    plan("cluster", options(["node1", "node2", "node3"]));
    const here = process.pid;
    // Workers start in their own time, and those that are there take what there is.
    await expect.poll(() => together(() => process.env["TEST_HOST"]), { timeout: 20_000 }).toEqual(["node1", "node2", "node3"]);
    expect(await value(future(() => process.pid !== here))).toBe(true);
  });

  test("gives a host that is named twice two workers, and localhost a process without SSH", async () => {
    plan("cluster", options(["node1", "node1", "localhost"]));
    await expect
      .poll(() => together(() => `${process.env["TEST_HOST"]} ${currentFuture()?.worker}`), { timeout: 20_000 })
      .toEqual(["node1 cluster/1@node1", "node1 cluster/3@node1", "undefined cluster/2@localhost"]);
  });

  test("runs maps and random numbers there, the same ones", async () => {
    const draw = (): Promise<number[]> => futureMap([1, 2, 3, 4], (x) => x * Math.random(), { seed: 42 });
    plan("sequential");
    const expected = await draw();
    plan("cluster", options(["node1", "node2"]));
    expect(await draw()).toEqual(expected);
  });

  test("sets environment and working directory, and shares nothing of this process's environment", async () => {
    process.env["FUTUREPLAN_TEST_HERE"] = "here";
    plan("cluster", options([{ host: "node1", env: { A: "it's $HOME" }, cwd: "/usr" }], { env: { A: "no", B: "b" } }));
    const seen = await value(
      future(() => [
        process.env["A"],
        process.env["B"],
        process.env["FUTUREPLAN_TEST_HERE"],
        process.cwd(),
        process.env["OMP_NUM_THREADS"],
      ]),
    );
    expect(seen).toEqual(["it's $HOME", "b", undefined, "/usr", "1"]);
  });

  test("opens a second connection for the ninth worker of a host", async () => {
    plan("cluster", options([{ host: "node2", workers: 9 }]));
    const pids = await value(
      Array.from({ length: 9 }, () => future(async () => (await new Promise((done) => setTimeout(done, 1500)), process.pid))),
    );
    expect(new Set(pids).size).toBe(9);
  });

  test("works with the system's ssh program, too", async () => {
    plan(
      "cluster",
      options([
        { host: "node1", launch: "ssh" },
        { host: "node2", launch: "ssh" },
      ]),
    );
    const all = await value(
      [1, 2].map(() => future(async () => (await new Promise((done) => setTimeout(done, 500)), process.env["TEST_HOST"]))),
    );
    expect(new Set(all)).toEqual(new Set(["node1", "node2"]));
  });

  test("tells the death of a worker with its host, its last words and how it ended, and goes on", async () => {
    plan("cluster", options(["node1"]));
    const f = future(() => {
      process.stderr.write("");
      process.kill(process.pid, "SIGKILL");
      return new Promise(() => undefined);
    });
    const error = await value(f).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(WorkerLost);
    expect(error).toMatchObject({ worker: "cluster/1@node1", signal: "SIGKILL" });
    expect(await value(future(where))).toEqual(["node1", expect.any(Number)]);
  });

  test("leaves nothing there", async () => {
    plan(cluster(options(["node3"])));
    const [, pid] = (await value(future(where))) as [string, number];
    await shutdown();
    if (hosts.isolated === true) expect(await hosts.lives("node3", pid)).toBe(false);
  });

  test.each([
    ["threads", multicore],
    ["processes", multisession],
  ])("nests: futures inside futures run in %s of their host, with nothing of the library there", async (_, inner) => {
    plan([cluster(options(["node1", "node2"])), inner({ workers: 2 })]);
    const nested = (): Promise<unknown> =>
      value(
        future(async () => {
          const insides = await value(
            [1, 2].map((x) =>
              future(
                async () => (await new Promise((done) => setTimeout(done, 200)), [process.env["TEST_HOST"], currentFuture()?.worker, x]),
              ),
            ),
          );
          const squares = await futureMap([1, 2, 3], (x) => x * x, { seed: 1 });
          return { insides, squares };
        }),
      );
    const found = await nested();
    expect(found).toEqual({
      insides: [
        ["node1", expect.stringMatching(/\/[12]$/), 1],
        ["node1", expect.any(String), 2],
      ],
      squares: [1, 4, 9],
    });
  });

  test("hands its error to a program that nothing else keeps alive", async () => {
    const script = `
      import { future, plan, value } from ${JSON.stringify(new URL("../../dist/index.js", import.meta.url).href)};
      plan("cluster", { workers: [{ host: "node1", node: "/nowhere/node" }], sshConfig: ${JSON.stringify(sshConfig)} });
      await value(future(() => 1)).catch((error) => console.log(error.name));`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script]);
    expect(stdout).toBe("LaunchError\n");
  });
});
