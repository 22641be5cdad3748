/** What happens to futures, workers and hosts when either side, or what lies between them, dies. */

import { cancel, FutureInterrupted, future, outcome, plan, shutdown, value, WorkerLost, type ClusterOptionsInput } from "futureplan";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { SshHosts } from "./support/SshHosts.ts";

const hosts = await SshHosts.start({ count: 2 });
const library = new URL("../../dist/index.js", import.meta.url).href;

/** Milliseconds. */
const heartbeat = 500;
const bound = 3 * heartbeat + 1000;

describe.skipIf(hosts.isolated !== true)("a cluster whose", () => {
  const cluster = hosts;
  const set = (workers: ClusterOptionsInput["workers"]): void =>
    void plan("cluster", { workers, sshConfig: cluster.config, heartbeat, connectTimeout: 10_000 });

  afterEach(() => shutdown());
  afterAll(() => hosts.stop());

  /** A future that is running on the given worker's host: its process there, and how it ends. */
  async function running(): Promise<{ pid: number; end: Promise<unknown> }> {
    const pid = await value(future(() => process.pid));
    const f = future(() => new Promise<never>(() => undefined), { output: "discard" });
    const end = value(f).catch((thrown: unknown) => thrown);
    await pause(200);
    return { pid, end };
  }

  test("worker is killed tells the signal and the host, and gets another one", async () => {
    set(["node1"]);
    const { pid, end } = await running();
    await cluster.exec("node1", `kill -9 ${pid}`);
    expect(await end).toMatchObject({ _tag: "WorkerLost", worker: "cluster/1@node1", signal: "SIGKILL" });
    expect(await value(future(() => process.pid))).not.toBe(pid);
  });

  test("SSH session is killed loses its futures, naming host and cause, and connects again", async () => {
    set(["node1"]);
    const { end } = await running();
    const listener = cluster.listener("node1");
    await cluster.exec("node1", `pkill -9 -P ${listener} sshd`);
    const error = await end;
    expect(error).toBeInstanceOf(WorkerLost);
    expect(String(error)).toMatch(/cluster\/1@node1 was lost \(the connection to node1 was closed\)/);
    expect(await value(future(() => process.env["TEST_HOST"]))).toBe("node1");
  });

  test("link goes silent is told so within the bound, while others go on", async () => {
    set(["node1", "node2"]);
    const running = [1, 2].map(() => future(async () => (await new Promise((done) => setTimeout(done, 5000)), process.env["TEST_HOST"])));
    await pause(2000);
    await cluster.link("node1", "down");
    const before = Date.now();
    try {
      const outcomes = await Promise.all(
        running.map((f) =>
          value(f).then(
            (node) => node,
            (error: unknown) => ({ error, after: Date.now() - before }),
          ),
        ),
      );
      const lost = outcomes.find((one) => typeof one === "object");
      expect(outcomes).toContain("node2");
      expect(lost).toMatchObject({ error: { _tag: "WorkerLost", worker: expect.stringContaining("@node1") } });
      expect(String((lost as { error: unknown }).error)).toMatch(/connection to node1 was given up: it gave no sign of life for 1500 ms/);
      expect((lost as { after: number }).after).toBeLessThan(bound + 500);
      expect(await value(future(() => process.env["TEST_HOST"]))).toBe("node2");
    } finally {
      await cluster.link("node1", "up");
    }
  });

  test("host loses its power loses what ran there, and uses it again when it is back", async () => {
    set(["node1"]);
    const { end } = await running();
    await cluster.crash("node1");
    expect(await end).toMatchObject({ _tag: "WorkerLost", worker: "cluster/1@node1" });
    await cluster.boot("node1");
    expect(await value(future(() => process.env["TEST_HOST"]))).toBe("node1");
  });

  test("futures wait for a worker elsewhere while a host is down, and it comes back by itself", async () => {
    set(["node1", "node2"]);
    await value([1, 2].map(() => future(() => new Promise((done) => setTimeout(done, 500)))));
    await cluster.crash("node1");
    const nodes = (): Promise<unknown[]> =>
      value(
        [1, 2, 3].map(() =>
          future(async () => (await new Promise((done) => setTimeout(done, 300)), process.env["TEST_HOST"]), { retries: 1 }),
        ),
      );
    expect(new Set(await nodes())).toEqual(new Set(["node2"]));
    await cluster.boot("node1");
    await expect.poll(nodes, { timeout: 15_000 }).toContain("node1");
  });

  test.each(["ssh2", "ssh"] as const)("worker is blocked in a loop can still be stopped: it is killed there (%s)", async (launch) => {
    set([{ host: "node1", launch }]);
    const pid = await value(future(() => process.pid));
    const f = future(() => {
      for (;;);
    });
    await pause(300);
    await cancel(f);
    await expect(value(f)).rejects.toBeInstanceOf(FutureInterrupted);
    await expect.poll(() => cluster.lives("node1", pid), { timeout: 3000 }).toBe(false);
  });

  test("worker computes for longer than all heartbeats is not taken for dead", async () => {
    set(["node1"]);
    const busy = future(() => {
      const end = Date.now() + 4000;
      while (Date.now() < end);
      return "done";
    });
    expect((await outcome(busy)).status).toBe("finished");
  });

  test("link goes silent is told so by the system's ssh, too", async () => {
    set([{ host: "node1", launch: "ssh" }]);
    const { end } = await running();
    await cluster.link("node1", "down");
    const before = Date.now();
    try {
      expect(String(await end)).toMatch(/connection to node1 was given up: it gave no sign of life/);
      expect(Date.now() - before).toBeLessThan(bound + 500);
    } finally {
      await cluster.link("node1", "up");
    }
  });

  test.each(["ssh2", "ssh"])("plan is shut down leaves nothing open (%s)", async (launch) => {
    const script = `
      import { future, plan, shutdown, value } from ${JSON.stringify(library)};
      process.stdout.write(""), process.stderr.write("");
      const before = process.getActiveResourcesInfo();
      plan("cluster", { workers: [{ host: "node1", workers: 2, launch: ${JSON.stringify(launch)} }], sshConfig: ${JSON.stringify(cluster.config)} });
      await value([1, 2, 3].map((x) => future(() => x)));
      await shutdown();
      await new Promise((done) => setImmediate(done));
      const after = process.getActiveResourcesInfo();
      for (const kind of before) if (after.includes(kind)) after.splice(after.indexOf(kind), 1);
      console.log(JSON.stringify(after));`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script]);
    expect(stdout.trim()).toBe("[]");
  });

  test("link is silent can be shut down all the same", async () => {
    set(["node1"]);
    const { end } = await running();
    await cluster.link("node1", "down");
    const before = Date.now();
    try {
      await shutdown();
      expect(Date.now() - before).toBeLessThan(6000);
      await end;
    } finally {
      await cluster.link("node1", "up");
    }
  });

  test("workers are idle does not keep its home alive", async () => {
    const script = `
      import { future, plan, value } from ${JSON.stringify(library)};
      plan("cluster", { workers: ["node1"], sshConfig: ${JSON.stringify(cluster.config)} });
      console.log(await value(future(() => process.pid)));`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], { timeout: 10_000 });
    await expect.poll(() => cluster.lives("node1", Number(stdout)), { timeout: bound }).toBe(false);
  });

  test.each(["idle", "blocked"])("home is killed ends its %s worker", async (state) => {
    const { pid, home } = await homeProcess(state);
    expect(await cluster.lives("node2", pid)).toBe(true);
    home.kill("SIGKILL");
    await expect.poll(() => cluster.lives("node2", pid), { timeout: bound }).toBe(false);
  });

  test.each([
    ["SIGINT", [130, null]],
    ["SIGTERM", [null, "SIGTERM"]],
    ["SIGHUP", [null, "SIGHUP"]],
  ] as const)("home is ended by %s ends its blocked worker", async (signal, end) => {
    const { pid, home } = await homeProcess("blocked");
    const ended = once(home, "exit");
    home.kill(signal);
    expect(await ended).toEqual(end);
    await expect.poll(() => cluster.lives("node2", pid), { timeout: bound }).toBe(false);
  });

  test.each(["idle", "blocked"])("home cannot be heard any more ends its %s worker", async (state) => {
    const { pid, home } = await homeProcess(state);
    await cluster.link("node2", "down");
    try {
      await expect.poll(() => cluster.lives("node2", pid), { timeout: 2 * bound }).toBe(false);
    } finally {
      home.kill("SIGKILL");
      await cluster.link("node2", "up");
    }
  });

  /** A home of its own with one worker on node2. */
  async function homeProcess(state: string): Promise<{ pid: number; home: ReturnType<typeof spawn> }> {
    const script = `
      import { future, plan, value } from ${JSON.stringify(library)};
      plan("cluster", { workers: ["node2"], sshConfig: ${JSON.stringify(cluster.config)}, heartbeat: ${heartbeat} });
      console.log(await value(future(() => process.pid)));
      ${state === "blocked" ? "future(() => { for (;;); });" : ""}
      setInterval(() => undefined, 1000);`;
    const home = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = (await once(home.stdout, "data")) as [Buffer];
    await pause(500);
    return { pid: Number(line.toString()), home };
  }
});

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
