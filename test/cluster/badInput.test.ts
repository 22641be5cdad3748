/** Hosts that cannot be used, each with what its user reads: host, step, remedy. And some that look bad, but are to be used. */

import { future, LaunchError, plan, shutdown, value, type ClusterOptionsInput } from "futureplan";
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { SshHosts } from "./support/SshHosts.ts";

const hosts = await SshHosts.start({ count: 2, sshdOptions: ["MaxSessions 4", "MaxStartups 1:100:2"] });

describe("a host", () => {
  const cluster = hosts;
  const servers: Server[] = [];
  let count = 0;

  afterEach(async () => {
    await shutdown();
    for (const server of servers.splice(0)) server.close();
  });
  afterAll(() => hosts.stop());

  const node = (workers: ClusterOptionsInput["workers"], more: ClusterOptionsInput = {}): Promise<unknown> => {
    plan("cluster", { workers, sshConfig: cluster.config, connectTimeout: 10_000, ...more });
    return value(future(() => process.env["TEST_HOST"] ?? "here"));
  };

  async function failure(workers: ClusterOptionsInput["workers"], more: ClusterOptionsInput = {}): Promise<string> {
    const error = await node(workers, more).then(
      (found) => expect.unreachable(`it ran on ${String(found)}`),
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(LaunchError);
    return (error as Error).message;
  }

  /** A configuration of its own for one host. */
  function configure(lines: Readonly<Record<string, string>>, address = cluster.addresses[0] ?? ""): string {
    const all = {
      HostName: address,
      Port: String(cluster.port),
      User: cluster.user,
      IdentityFile: cluster.identity,
      UserKnownHostsFile: cluster.knownHosts,
      GlobalKnownHostsFile: "/dev/null",
      ...lines,
    };
    return file(
      `Host there\n${Object.entries(all)
        .map(([name, text]) => `  ${name} ${text}\n`)
        .join("")}`,
    );
  }

  function file(text: string): string {
    const path = join(cluster.state, `test${++count}`);
    writeFileSync(path, text);
    return path;
  }

  /** Listens and says this. */
  async function listen(greeting: string): Promise<number> {
    const server = createServer((socket) => void socket.on("error", () => undefined).write(greeting));
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return (server.address() as AddressInfo).port;
  }

  test("that is unknown", async () => {
    expect(await failure(["no-such-host.invalid"])).toMatch(
      /Host no-such-host\.invalid failed at the step "connect": the name in no-such-host\.invalid:22 .*(ENOTFOUND|EAI_AGAIN).*HostName/s,
    );
  });

  test("whose port refuses", async () => {
    expect(await failure(["127.0.0.1:1"])).toMatch(
      /Host 127\.0\.0\.1 .*"connect": nothing listens at 127\.0\.0\.1:1 \(ECONNREFUSED\)\. Start sshd there, or give its port/,
    );
  });

  test("that does not let in the key", async () => {
    const key = join(cluster.state, `stranger${++count}`);
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
    expect(await failure(["there"], { sshConfig: configure({ IdentityFile: key, IdentityAgent: "none" }) })).toMatch(
      /Host there .*"authentication": root was not let in \(.*stranger\d+ was refused\).*authorized_keys/,
    );
  });

  test("for which there is no key", async () => {
    expect(await failure(["there"], { sshConfig: configure({ IdentityFile: "/nowhere", IdentityAgent: "none" }) })).toMatch(
      /"authentication".*there was no key to try/,
    );
  });

  test("whose key needs a passphrase: asked for, wrong, missing", async () => {
    const key = join(cluster.state, `locked${++count}`);
    copyFileSync(cluster.identity, key);
    chmodSync(key, 0o600);
    execFileSync("ssh-keygen", ["-q", "-p", "-P", "", "-N", "open sesame", "-f", key]);
    const sshConfig = configure({ IdentityFile: key, IdentityAgent: "none" });
    const asked: string[] = [];
    const passphrase = (path: string): string => {
      asked.push(path);
      return "open sesame";
    };
    expect(await node(["there"], { sshConfig, passphrase })).toBe("node1");
    expect(asked).toEqual([key]);
    await shutdown();
    expect(await failure(["there"], { sshConfig, passphrase: async () => "wrong" })).toMatch(
      /"authentication".*the passphrase for .*locked\d+ is wrong/,
    );
    await shutdown();
    expect(await failure(["there"], { sshConfig })).toMatch(/"authentication".*locked\d+ needs a passphrase.*option `passphrase`/);
  });

  test("whose key the agent has", async () => {
    const socket = join(cluster.state, `agent${++count}`);
    const agent = spawn("ssh-agent", ["-D", "-a", socket], { stdio: "ignore" });
    try {
      await expect
        .poll(() =>
          execFileSync("ssh-add", ["-q", cluster.identity], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: "pipe" }).toString(),
        )
        .toBe("");
      expect(await node(["there"], { sshConfig: configure({ IdentityFile: "/nowhere", IdentityAgent: socket }) })).toBe("node1");
      await shutdown();
      copyFileSync(`${cluster.identity}.pub`, join(cluster.state, "only.pub"));
      const only = { IdentityFile: join(cluster.state, "only"), IdentitiesOnly: "yes", IdentityAgent: socket };
      expect(await node(["there"], { sshConfig: configure(only) })).toBe("node1");
    } finally {
      agent.kill();
    }
  });

  test("whose host key is not known: refused with the fingerprint and the line to add, which helps", async () => {
    const empty = file("");
    const sshConfig = configure({ UserKnownHostsFile: empty });
    const message = await failure(["there"], { sshConfig });
    const shown =
      execFileSync("ssh-keygen", ["-lf", cluster.hostKeyFile("node1")])
        .toString()
        .split(" ")[1] ?? "?";
    expect(message).toContain(`Host there failed at the step "host key": its ssh-ed25519 key ${shown} is not known`);
    expect(message).toContain(`add this line to ${empty}`);
    writeFileSync(empty, `${message.split("\n").find((line) => line.startsWith("[")) ?? ""}\n`);
    await shutdown();
    expect(await node(["there"], { sshConfig })).toBe("node1");
  });

  test("whose host key has changed, or was revoked", async () => {
    const [address = ""] = cluster.addresses;
    const [type = "", other = ""] = cluster.hostKey("node2").split(" ");
    const changed = file(`# others\n[${address}]:${cluster.port} ${type} ${other}\n`);
    expect(await failure(["there"], { sshConfig: configure({ UserKnownHostsFile: changed }) })).toMatch(
      new RegExp(`"host key": its ssh-ed25519 key SHA256:\\S+ is not the one that ${changed}:2 has.*somebody may be in between`),
    );
    await shutdown();
    const [, own = ""] = cluster.hostKey("node1").split(" ");
    const revoked = file(`${readFileSync(cluster.knownHosts, "utf8")}@revoked * ${type} ${own}\n`);
    expect(await failure(["there"], { sshConfig: configure({ UserKnownHostsFile: revoked }) })).toMatch(/"host key": .* has been revoked/);
  });

  test("whose name is hashed, in the second of several files", async () => {
    const hashed = file(readFileSync(cluster.knownHosts, "utf8"));
    execFileSync("ssh-keygen", ["-q", "-H", "-f", hashed], { stdio: "ignore" });
    expect(readFileSync(hashed, "utf8")).toMatch(/^\|1\|/);
    expect(await node(["there"], { sshConfig: configure({ UserKnownHostsFile: `${file("")} ${hashed}` }) })).toBe("node1");
  });

  test("without Node", async () => {
    expect(await failure([{ host: "node1", node: "/nowhere/node" }])).toMatch(
      /Host node1 failed at the step "start": Node could not be run there: `\/nowhere\/node` was not found\. Install Node, or give its path/,
    );
  });

  test("with a Node that is too old: says which was found", async () => {
    const old = file("Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '16.20.2' } });");
    const program = file(`#!/bin/sh\nexec node -r ${old} "$@"\n`);
    chmodSync(program, 0o755);
    expect(await failure([{ host: "node1", node: program }])).toMatch(
      /Host node1 .*"start": Node 16\.20\.2 was found there .*at least 20\.12 is needed\. Install a newer one/,
    );
  });

  test("without the working directory", async () => {
    expect(await failure(["node1"], { cwd: "/nowhere" })).toMatch(
      /Host node1 .*"start": its working directory could not be set \(.*ENOENT/,
    );
  });

  test.skipIf(hosts.isolated !== true)("with a home directory that cannot be written to", async () => {
    const home = cluster.home("node1");
    await cluster.exec("node1", `mount --bind ${home} ${home}`);
    await cluster.exec("node1", `mount -o remount,ro,bind ${home} ${home}`);
    try {
      expect(await node(["node1"])).toBe("node1");
    } finally {
      await cluster.exec("node1", `umount -l ${home}`);
    }
  });

  test.skipIf(hosts.isolated !== true)("whose disk is full", async () => {
    const places = [cluster.home("node1"), "/var/tmp", "/dev/shm"];
    for (const place of places) {
      await cluster.exec("node1", `mount -t tmpfs -o size=64k full ${place}`);
      await cluster.exec("node1", `! cat /dev/zero > ${place}/full 2>/dev/null`);
    }
    try {
      expect(await node(["node1"])).toBe("node1");
    } finally {
      for (const place of places) await cluster.exec("node1", `umount -l ${place}`);
    }
  });

  test("whose login shell prints", async () => {
    const home = cluster.home("node2");
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, ".bashrc"), `printf '\\0future'; echo Welcome; echo trouble >&2; seq 1 1000\n`);
    try {
      expect(await node(["node2"])).toBe("node2");
      await shutdown();
      writeFileSync(join(home, ".bashrc"), "echo this account is closed >&2; exit 3\n");
      expect(await failure(["node2"])).toMatch(
        /Host node2 .*"start": the command ended with exit code 3 before Node was up.*this account is closed/s,
      );
    } finally {
      writeFileSync(join(home, ".bashrc"), "");
    }
  });

  test.each([
    ["at the beginning", ""],
    ["in the middle", "SSH-2.0-OpenSSH_9.2\r\n"],
  ])("that hangs %s of the handshake", async (_, greeting) => {
    const message = await failure([`127.0.0.1:${await listen(greeting)}`], { connectTimeout: 1500 });
    expect(message).toMatch(
      /Host 127\.0\.0\.1 .*"handshake": it accepted the connection, but did not finish the SSH handshake within \d+ ms\..*`connectTimeout`/,
    );
  });

  test("that is no SSH server", async () => {
    expect(await failure([`127.0.0.1:${await listen("HTTP/1.1 400 Bad Request\r\n\r\n")}`], { connectTimeout: 1500 })).toMatch(
      /Host 127\.0\.0\.1 .*"handshake"/,
    );
  });

  test("that fails is named in a warning, while the others work", async () => {
    const warned = new Promise<Error>((done) => process.once("warning", done));
    expect(await node(["127.0.0.1:1", "node2"])).toBe("node2");
    expect(String(await warned)).toMatch(/Host 127\.0\.0\.1 failed at the step "connect".* Others work without it/);
  });

  test("that fails is fatal where minWorkers says so, and all that fail are named", async () => {
    const message = await failure(["127.0.0.1:1", "127.0.0.1:2", "node2"], { minWorkers: 2 });
    expect(message).toContain("127.0.0.1:1");
    expect(message).toContain("127.0.0.1:2");
  });

  test("that takes few connections and channels at a time gets all its workers", async () => {
    plan("cluster", { workers: [{ host: "node1", workers: 7 }], sshConfig: cluster.config });
    const pids = await value(
      Array.from({ length: 7 }, () => future(async () => (await new Promise((done) => setTimeout(done, 2000)), process.pid))),
    );
    expect(new Set(pids).size).toBe(7);
  });

  test("behind another one", async () => {
    const second = cluster.addresses[1] ?? "";
    const sshConfig = file(`${readFileSync(configure({ ProxyJump: "node1" }, second), "utf8")}\n${readFileSync(cluster.config, "utf8")}`);
    expect(await node(["there"], { sshConfig })).toBe("node2");
    await shutdown();
    const nowhere = file(
      `${readFileSync(configure({ ProxyJump: "node1", Port: "1" }, second), "utf8")}\n${readFileSync(cluster.config, "utf8")}`,
    );
    expect(await failure(["there"], { sshConfig: nowhere })).toMatch(/Host there .*"connect": node1 could not reach it/);
  });

  test("that the system's ssh cannot reach", async () => {
    expect(await failure([{ host: "127.0.0.1", port: 1, launch: "ssh" }])).toMatch(
      /Host 127\.0\.0\.1 .*"connect": the program `ssh` ended with exit code 255 .*refused/s,
    );
  });
});
