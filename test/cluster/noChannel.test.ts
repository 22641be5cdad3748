/** A server that lets everybody in and then says nothing more, as a host does that dies after the handshake: ssh2's server here. */

import { future, LaunchError, outcome, plan, shutdown } from "futureplan";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ssh2, { type Connection } from "ssh2";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { makeKey } from "../services/makeState.ts";

const folder = mkdtempSync(join(tmpdir(), "futureplan-silent-"));
const config = join(folder, "config");
const hostKey = makeKey();
const connections = new Set<Connection>();
let asked = 0;
let askedOnce: () => void = () => undefined;

const server = new ssh2.Server({ hostKeys: [hostKey.private] }, (connection) => {
  connections.add(connection);
  connection.on("error", () => undefined);
  connection.on("authentication", (attempt) => attempt.accept());
  connection.on("session", () => {
    asked++;
    askedOnce();
  });
});

beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  writeFileSync(join(folder, "id"), makeKey().private, { mode: 0o600 });
  writeFileSync(join(folder, "known_hosts"), `[127.0.0.1]:${port} ${hostKey.public}\n`);
  const lines = ["Host silent", "HostName 127.0.0.1", `Port ${port}`, `IdentityFile ${join(folder, "id")}`, "IdentityAgent none"];
  writeFileSync(config, [...lines, `UserKnownHostsFile ${join(folder, "known_hosts")}`, "GlobalKnownHostsFile /dev/null", ""].join("\n"));
});

afterEach(async () => {
  await shutdown();
  for (const connection of connections) connection.end();
  asked = 0;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

test.each([0, 500])("futures are refused, naming the step, with heartbeats of %i ms", async (heartbeat) => {
  plan("cluster", { workers: ["silent"], sshConfig: config, connectTimeout: 1500, heartbeat });
  const { status, ...rest } = await outcome(future(() => 1));
  const error: unknown = "error" in rest ? rest.error : undefined;
  expect([status, asked]).toEqual(["failed", 2]);
  expect(error).toBeInstanceOf(LaunchError);
  expect(String(error)).toMatch(/Host silent failed at the step "channel": it opened no channel within \d+ ms/);
});

test("shutdown() ends", async () => {
  plan("cluster", { workers: ["silent"], sshConfig: config, connectTimeout: 1500, heartbeat: 0 });
  const reached = new Promise<void>((resolve) => (askedOnce = resolve));
  const f = future(() => 1);
  await reached;
  await shutdown();
  expect(f.state).toBe("canceled");
});
