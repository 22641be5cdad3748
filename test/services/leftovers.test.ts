/** Nothing that test hosts start outlives them, whatever ends: the hosts, the test process, or what cleans up after both. */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { listProcesses } from "./listProcesses.ts";
import { connectTo } from "./sshClient.ts";
import { startHosts } from "./startHosts.ts";
import { possibleModes } from "./support/possibleModes.ts";
import { countNetworks, deviceTo, keeperOf, keptBy, traces, tracesAfter } from "./support/traces.ts";
import { closed, findProcess } from "./support/waiting.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const possible = await possibleModes();

describe.each(possible)("nothing is left of %s", (mode) => {
  test("after stop", async () => {
    const hosts = await startHosts({ mode, count: 2 });
    const [host] = hosts.list;
    if (host === undefined) throw new Error("there is no host");
    const client = await connectTo(host);
    const lost = closed(client);
    client.exec("exec sleep 1000", () => undefined);
    await findProcess(host, "sleep 1000");
    const device = deviceTo(host.address);
    const present = await traces(hosts.directory, device);
    const kept = await keptBy(await keeperOf(hosts.directory));
    const networks = await countNetworks(kept);
    await hosts.stop();
    await hosts.stop();
    await lost;
    const running = await listProcesses();
    expect(present.length).toBeGreaterThan(2);
    expect(await traces(hosts.directory, device)).toEqual([]);
    // Two hosts and their switch. A namespace without a name lasts as long as its processes.
    expect(networks).toBe(mode === "namespaces" ? 3 : 0);
    expect(running.filter((one) => kept.some(({ pid, command }) => pid === one.pid && command === one.command))).toEqual([]);
  });

  test("after the death of the test process", async () => {
    const script = fileURLToPath(new URL("support/startAndWait.ts", import.meta.url));
    const child = spawn(process.execPath, ["--import", "tsx", script, mode], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    const { directory, address } = await told(child.stdout);
    const device = deviceTo(address);
    const present = await traces(directory, device);
    child.kill("SIGKILL");
    expect(present.length).toBeGreaterThan(2);
    expect(await tracesAfter(directory, device, 10)).toEqual([]);
  });
});

/** The line of JSON among what the script says. */
async function told(output: NodeJS.ReadableStream): Promise<{ directory: string; address: string }> {
  for await (const line of createInterface({ input: output })) {
    if (line.startsWith("{")) return JSON.parse(line) as { directory: string; address: string };
  }
  throw new Error("the script ended before its hosts were there");
}

test.runIf(possible.includes("namespaces"))(
  "nothing but the folder is left of namespaces after a kill of what would clean up",
  async () => {
    const hosts = await startHosts({ mode: "namespaces", count: 2 });
    const device = deviceTo(hosts.list[0]?.address ?? "");
    const keeper = await keeperOf(hosts.directory);
    const kept = await keptBy(keeper);
    process.kill(keeper, "SIGKILL");
    const left = await tracesAfter(hosts.directory, device, 10, 1);
    const running = new Set((await listProcesses()).map(({ pid, command }) => `${pid} ${command}`));
    await hosts.stop();
    expect(left).toEqual([`the folder ${hosts.directory}`]);
    expect(kept.filter(({ pid, command }) => running.has(`${pid} ${command}`))).toEqual([]);
    expect(await traces(hosts.directory, device)).toEqual([]);
  },
);
