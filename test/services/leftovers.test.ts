/** Nothing that test hosts start outlives them, whatever ends: the hosts, the test process, or what cleans up after both. */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { listProcesses } from "./listProcesses.ts";
import { connectTo } from "./sshClient.ts";
import { startHosts } from "./startHosts.ts";
import { possibleModes } from "./support/possibleModes.ts";
import { networkNamespaces, traces, tracesAfter } from "./support/traces.ts";
import { closed, findProcess } from "./support/waiting.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const possible = await possibleModes();

describe.each(possible)("nothing is left of %s", (mode) => {
  test("after stop", async () => {
    const before = await networkNamespaces();
    const hosts = await startHosts({ mode, count: 2 });
    const [host] = hosts.list;
    if (host === undefined) throw new Error("there is no host");
    const client = await connectTo(host);
    const lost = closed(client);
    client.exec("exec sleep 1000", () => undefined);
    await findProcess(host, "sleep 1000");
    const present = await traces(hosts.directory, host.address);
    const own = [...(await networkNamespaces())].filter((namespace) => !before.has(namespace));
    await hosts.stop();
    await hosts.stop();
    await lost;
    const after = await networkNamespaces();
    expect(present.length).toBeGreaterThan(2);
    expect(await traces(hosts.directory, host.address)).toEqual([]);
    expect(own.length).toBeGreaterThanOrEqual(mode === "namespaces" ? 3 : 0);
    if (mode === "namespaces") expect(own.filter((namespace) => after.has(namespace))).toEqual([]);
  });

  test("after the death of the test process", async () => {
    const script = fileURLToPath(new URL("support/startAndWait.ts", import.meta.url));
    const child = spawn(process.execPath, ["--import", "tsx", script, mode], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    const { directory, address } = await told(child.stdout);
    const present = await traces(directory, address);
    child.kill("SIGKILL");
    expect(present.length).toBeGreaterThan(2);
    expect(await tracesAfter(directory, address, 10)).toEqual([]);
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
    const [host] = hosts.list;
    const script = (await listProcesses()).find(({ command }) => command.includes(`hosts.sh ${hosts.directory}`));
    process.kill(script?.pid ?? 0, "SIGKILL");
    const left = await tracesAfter(hosts.directory, host?.address ?? "", 10, 1);
    await hosts.stop();
    expect(left).toEqual([`the folder ${hosts.directory}`]);
    expect(await traces(hosts.directory, host?.address ?? "")).toEqual([]);
  },
);
