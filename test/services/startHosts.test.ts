/** The test hosts themselves, in every mode that this machine has. */

import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Client } from "ssh2";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { connectTo, runOver } from "./sshClient.ts";
import { runCommand } from "./runCommand.ts";
import { makeKey } from "./makeState.ts";
import { startHosts, type Host, type Hosts } from "./startHosts.ts";
import { closed, findProcess } from "./support/waiting.ts";
import { possibleModes } from "./support/possibleModes.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const possible = await possibleModes();
const hasSsh = (await runCommand("ssh", ["-V"]).catch(() => undefined))?.code === 0;

/** Whether the connection carries a command within that time. */
async function answers(client: Client, ms: number): Promise<boolean> {
  const answer = runOver(client, "true").then(
    () => true,
    () => false,
  );
  return Promise.race([answer, sleep(ms, false)]);
}

afterEach(() => vi.unstubAllEnvs());

test("the server of ssh2 is there on every machine", () => {
  expect(possible).toContain("inprocess");
});

test("every key that is made is whole", () => {
  const lengths = Array.from({ length: 2000 }, () => Buffer.from(makeKey().public.split(" ")[1] ?? "", "base64").length);
  // The name of the algorithm and 32 bytes, each with its length before it.
  expect(new Set(lengths)).toEqual(new Set([4 + 11 + 4 + 32]));
});

test("the first mode that works is taken", async () => {
  vi.stubEnv("FUTUREPLAN_TEST_HOSTS", undefined);
  await using hosts = await startHosts({ count: 1 });
  expect(hosts.mode).toBe(possible[0]);
});

test("a mode can be forced from outside", async () => {
  vi.stubEnv("FUTUREPLAN_TEST_HOSTS", "inprocess");
  await using hosts = await startHosts({ count: 1 });
  expect(hosts.mode).toBe("inprocess");
});

test("a mode that is not one is refused by name", async () => {
  vi.stubEnv("FUTUREPLAN_TEST_HOSTS", "docker");
  await expect(startHosts()).rejects.toThrow("FUTUREPLAN_TEST_HOSTS must be namespaces, loopback, inprocess; got docker");
});

describe.each(possible)("%s", (mode) => {
  let hosts: Hosts;
  let first: Host;
  let second: Host;
  let third: Host;

  beforeAll(async () => {
    hosts = await startHosts({ mode, count: 3, hide: [root] });
    [first, second, third] = hosts.list as [Host, Host, Host];
  });
  afterAll(() => hosts.stop());

  test("has the hosts that were asked for, each at a place of its own", () => {
    expect(hosts.list.map(({ name }) => name)).toEqual(["node1", "node2", "node3"]);
    expect(new Set(hosts.list.map(({ address, port }) => `${address}:${port}`)).size).toBe(3);
  });

  test("runs the node of the tests for a client of ssh2, with output and errors apart", async () => {
    const client = await connectTo(first);
    const ran = await runOver(client, "node --version; echo oops >&2; exit 3");
    client.end();
    expect(ran).toEqual({ code: 3, stdout: `${process.version}\n`, stderr: "oops\n" });
  });

  test("shows the host key that known_hosts has", async () => {
    let shown = "";
    const client = await connectTo(first, { hostVerifier: (key: Buffer) => (shown = key.toString("base64")) !== "" });
    client.end();
    expect(await readFile(first.knownHostsFile, "utf8")).toContain(`[${first.address}]:${first.port} ssh-ed25519 ${shown}\n`);
  });

  test.skipIf(!hasSsh)("runs commands for the ssh program, which checks host keys", async () => {
    const ran = await runCommand("ssh", ["-F", hosts.sshConfigFile, "node2", "echo out; echo err >&2; exit 4"]);
    expect(ran).toEqual({ code: 4, stdout: "out\n", stderr: "err\n" });
  });

  test.skipIf(!hasSsh)("lets the ssh program jump over one host to the next", async () => {
    const ran = await runCommand("ssh", ["-F", hosts.sshConfigFile, "-J", "node1", "node2", "echo $HOME"]);
    expect(ran).toEqual({ code: 0, stdout: `${second.home}\n`, stderr: "" });
  });

  test("refuses an unknown key and another user", async () => {
    const stranger = join(first.home, "stranger");
    await writeFile(stranger, makeKey().private);
    await expect(connectTo({ ...first, keyFile: stranger })).rejects.toThrow("authentication methods failed");
    await expect(connectTo({ ...first, user: "nobody-of-that-name" })).rejects.toThrow("authentication methods failed");
  });

  test("opens ten sessions on a connection and no more", async () => {
    const client = await connectTo(first);
    const commands = Array.from({ length: 11 }, () => runOver(client, "read line; echo $line"));
    const refused = await Promise.race(commands.map((command) => command.catch((error: Error) => error.message)));
    client.end();
    await Promise.allSettled(commands);
    expect(refused).toContain("Channel open failure");
  });

  test("gives each host a home, where a .bashrc can make noise", async () => {
    await writeFile(join(third.home, ".bashrc"), "echo noise\n");
    await writeFile(join(third.home, "mine"), "");
    const client = await connectTo(third);
    const { stdout } = await runOver(client, 'bash -c "cd; ls; echo $FUTUREPLAN_TEST_HOST"');
    client.end();
    expect(stdout).toContain("mine\n");
    expect(stdout).toContain("/node3\n");
  });

  test("tells a signal from an exit", async () => {
    const client = await connectTo(first);
    const ran = await runOver(client, "exec sh -c 'kill -TERM $$'");
    client.end();
    expect(ran.code).toBeNull();
  });

  test("executes without ssh and tells what runs", async () => {
    const client = await connectTo(first);
    const running = runOver(client, "exec sleep 321");
    const sleeper = await findProcess(first, "sleep 321");
    const ran = await first.exec(`kill -9 ${sleeper}`);
    const ended = await running;
    client.end();
    expect([ran.code, ended.code]).toEqual([0, null]);
    expect((await first.pids()).map(({ command }) => command)).not.toContain("sleep 321");
  });

  test("link down is silence, and link up goes on where it stopped", async () => {
    const client = await connectTo(first);
    await first.linkDown();
    const silent = !(await answers(client, 400));
    const another = await answers(await connectTo(second), 5000);
    await first.linkUp();
    await first.linkUp();
    const later = await answers(client, 10_000);
    client.end();
    expect({ silent, another, later }).toEqual({ silent: true, another: true, later: true });
  });

  test("new connections to a host without link hang in the handshake", async () => {
    await first.linkDown();
    await expect(connectTo(first, { readyTimeout: 500 })).rejects.toThrow("Timed out while waiting for handshake");
    await first.linkUp();
  });

  test("crash ends every process in silence, and boot brings the host back", async () => {
    const client = await connectTo(second);
    let heard = false;
    client.once("close", () => (heard = true));
    // In the background, so that no session holds it.
    await runOver(client, "sleep 654 >/dev/null 2>&1 &");
    await findProcess(second, "sleep 654");
    await second.crash();
    const left = await second.pids();
    await sleep(300);
    const heardOfCrash = heard;
    await second.boot();
    const back = await connectTo(second);
    const ran = await runOver(back, "echo back");
    back.end();
    client.end();
    expect({ left, heardOfCrash, stdout: ran.stdout }).toEqual({ left: [], heardOfCrash: false, stdout: "back\n" });
  });

  test("a connection from before a crash is told by the booted host that it is gone", async () => {
    const client = await connectTo(second);
    const lost = closed(client);
    await second.crash();
    await second.boot();
    const pending = runOver(client, "true").catch((error: Error) => error.message);
    await lost;
    expect(await pending).toMatch(/closed|No response|Not connected/i);
  });

  test("a crashed host has no link and runs nothing", async () => {
    await third.crash();
    await expect(third.linkUp()).rejects.toThrow("node3");
    await expect(third.exec("true")).rejects.toThrow("node3 is not running");
    await third.boot();
  });

  test("crash of a crashed host and boot of a running one change nothing", async () => {
    await second.boot();
    await second.crash();
    await second.crash();
    await second.boot();
    const client = await connectTo(second);
    expect(await answers(client, 5000)).toBe(true);
    client.end();
  });

  test.runIf(mode === "namespaces")("hides the checkout, and gives each host its name, its pids and its /dev/shm", async () => {
    const client = await connectTo(first);
    const { stdout } = await runOver(
      client,
      `ls -A ${root}; hostname; ls -A /dev/shm; cat /proc/1/cmdline | tr '\\0' ' '; getent hosts node3`,
    );
    client.end();
    expect(existsSync(join(root, "package.json"))).toBe(true);
    expect(stdout).toMatch(/^node1\nbash \S+hosts.sh --init node1 \S+ \S+ +node3\n$/);
  });
});
