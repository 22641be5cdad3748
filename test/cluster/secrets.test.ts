/** What users of the same machines, and those who read errors, see of a cluster's secrets: nothing. */

import { future, plan, shutdown, value, type ClusterOptionsInput, type HostInput } from "futureplan";
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { listenersOf } from "../security/support/listeners.ts";
import { SshHosts } from "./support/SshHosts.ts";

const hosts = await SshHosts.start({ count: 1 });
const { config: sshConfig } = hosts;
const launches = ["ssh2", "ssh"] as const;

/** The command lines of all processes that can be seen, as anybody can read them. */
function commandLines(): string[] {
  const read = (pid: string): string => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "latin1");
    } catch {
      return ""; // it has ended
    }
  };
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(read);
}

/** Runs of characters in base64, and of octal numbers, as what they stand for. */
function decoded(text: string): string {
  const plain = text.replaceAll(/\\0(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
  const packed = (text.match(/[A-Za-z0-9+/]{16,}=*/g) ?? []).map((run) => Buffer.from(run, "base64").toString("latin1"));
  return [text, plain, ...packed].join("\n");
}

describe.skipIf(process.platform !== "linux")("a cluster", () => {
  const set = (worker: HostInput, more: ClusterOptionsInput = {}): void => void plan("cluster", { workers: [worker], sshConfig, ...more });

  afterEach(async () => {
    await shutdown();
    vi.unstubAllEnvs();
  });
  afterAll(() => hosts.stop());

  test.each(launches)("shows no variable in a command line, neither here nor there (launch: %s)", async (launch) => {
    const secret = `hush-${randomUUID()}`;
    set({ host: "node1", launch, env: { FUTUREPLAN_OF_HOST: `${secret}-host` } }, { env: { FUTUREPLAN_OF_PLAN: `${secret} plan` } });
    const f = future(() => [process.env["FUTUREPLAN_OF_HOST"], process.env["FUTUREPLAN_OF_PLAN"], ...commandLines()]);
    const [ofHost, ofPlan, ...there] = await value(f);
    expect([ofHost, ofPlan]).toEqual([`${secret}-host`, `${secret} plan`]);
    const all = [...there, ...commandLines()].map((line) => decoded(line ?? ""));
    expect(all.some((line) => line.includes("threadVariables"))).toBe(true); // that of a worker is among them
    expect(all.filter((line) => line.includes(secret))).toEqual([]);
  });

  test.each(launches)("takes none of home's variables along, not even those that the server would accept (launch: %s)", async (launch) => {
    const secret = `hush-${randomUUID()}`;
    for (const name of ["FUTUREPLAN_SECRET", "LC_FUTUREPLAN", "LANG", "NODE_OPTIONS_OF_HOME"]) vi.stubEnv(name, secret);
    set({ host: "node1", launch }, { env: { FUTUREPLAN_PLAN: "plan" } });
    const seen = await value(future(() => ({ ...process.env })));
    expect([seen["FUTUREPLAN_PLAN"], seen["TEST_HOST"]]).toEqual(["plan", "node1"]);
    expect(Object.entries(seen).filter(([, text]) => text?.includes(secret))).toEqual([]);
  });

  test.each(launches)("tells workers that are there nothing of what home sets later (launch: %s)", async (launch) => {
    const secret = `hush-${randomUUID()}`;
    set({ host: "node1", launch }, { env: { FUTUREPLAN_PLAN: "plan" } });
    const before = await value(future(() => ({ ...process.env })));
    for (const name of ["FUTUREPLAN_SECRET", "FUTUREPLAN_PLAN", "LANG", "PATH"]) vi.stubEnv(name, secret);
    expect(await value(future(() => ({ ...process.env })))).toEqual(before);
  });

  test("beside workers of this machine, which follow home, those elsewhere do not", async () => {
    plan("cluster", { workers: ["localhost", "node1"], sshConfig });
    const both = (): Promise<readonly (string | undefined)[]> =>
      value(
        [1, 2].map(() => future(() => new Promise<string | undefined>((done) => setTimeout(done, 500, process.env["FUTUREPLAN_SECRET"])))),
      );
    await both();
    vi.stubEnv("FUTUREPLAN_SECRET", "late");
    expect(new Set(await both())).toEqual(new Set(["late", undefined]));
  });

  test.each(launches)("has workers that listen at no socket (launch: %s)", async (launch) => {
    set({ host: "node1", launch });
    expect(await value(future(() => listenersOf(process.pid)))).toEqual([]);
  });

  test("tells no passphrase and no variable when a key cannot be unlocked", async () => {
    const secret = `hush-${randomUUID()}`;
    const keyFile = join(hosts.state, "locked");
    copyFileSync(hosts.identity, keyFile);
    execFileSync("ssh-keygen", ["-q", "-p", "-P", "", "-N", "open sesame", "-f", keyFile]);
    const config = join(hosts.state, "locked_config");
    writeFileSync(config, readFileSync(sshConfig, "utf8").replaceAll(/IdentityFile .*/g, `IdentityFile ${keyFile}\n  IdentityAgent none`));
    set({ host: "node1", env: { A: secret } }, { sshConfig: config, passphrase: () => secret });
    const error: unknown = await value(future(() => 1)).catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(/LaunchError: .*the passphrase for .* is wrong/s);
    expect(inspect(error, { depth: 9 })).not.toContain(secret);
  });
});
