/** The hosts of a cluster, as users write them. */

import { cluster, multicore, nbrOfWorkers, plan, PlanInvalid } from "futureplan";
import { afterEach, describe, expect, test, vi } from "vitest";
import { withWorkers } from "../../../src/core/defaultWorkers.ts";
import { parseHosts } from "../../../src/plans/HostSpec.ts";
import { environmentPlan } from "../../../src/plans/environmentPlan.ts";
import { makeSpec } from "../../../src/plans/makeSpec.ts";

const base = { user: undefined, port: undefined, node: "node", env: {}, cwd: undefined, launch: "ssh2" };

afterEach(() => void plan("sequential"));

describe("a worker's host", () => {
  test.each([
    ["n1", { ...base, host: "n1" }],
    ["ann@n1", { ...base, host: "n1", user: "ann" }],
    ["ann@n1.example.org:2222", { ...base, host: "n1.example.org", user: "ann", port: 2222 }],
    ["10.0.0.1:22", { ...base, host: "10.0.0.1", port: 22 }],
    ["[fe80::1]:22", { ...base, host: "fe80::1", port: 22 }],
    ["fe80::1", { ...base, host: "fe80::1" }],
    ["localhost", { ...base, host: "localhost", launch: "local" }],
    ["localhost:2222", { ...base, host: "localhost", port: 2222 }],
  ])("%s is understood", (text, host) => {
    expect(parseHosts([text])).toEqual([host]);
  });

  test.each([
    [""],
    ["n 1"],
    ["n1:0"],
    ["n1:99999"],
    ["@n1"],
    [5],
    [null],
    [{}],
    [{ host: "n1", wokers: 2 }],
    [{ host: "n1", launch: "telnet" }],
    [{ host: "n1", nodePath: "/a/node_modules" }],
    [{ host: "n1", nodePath: ["node_modules"] }],
  ])("%j is refused", (entry) => {
    expect(() => cluster({ workers: [entry as string] })).toThrow(PlanInvalid);
  });
});

test("nodePath is NODE_PATH there, of the plan or of an entry", () => {
  const nodePath = ["/a/node_modules", "/node_modules"];
  const spec = makeSpec("cluster", { workers: ["n1", { host: "n2", nodePath, env: { A: "1" } }], nodePath, env: { B: "2" } });
  expect(spec.options.env).toEqual({ B: "2", NODE_PATH: "/a/node_modules:/node_modules" });
  expect(spec.options.extra["hosts"]).toMatchObject([{ env: {} }, { env: { A: "1", NODE_PATH: "/a/node_modules:/node_modules" } }]);
  expect(makeSpec("cluster", spec.options)).toEqual(spec);
  expect(() => cluster({ nodePath: ["/opt/lib"] })).toThrow(/"nodePath" of cluster\(\) must be .* directories called node_modules.* not/);
  expect(() => cluster({ nodePath, env: 5 as unknown as Record<string, string> })).toThrow(/"env" of cluster\(\) must be/);
});

test("workers of one host are spread among those of others", () => {
  expect(parseHosts([{ host: "a", workers: 3 }, "b", "b"]).map(({ host }) => host)).toEqual(["a", "b", "a", "b", "a"]);
});

test("a parsed cluster is parsed again to the same, and tweaked to fewer workers, the first ones", () => {
  const spec = makeSpec("cluster", { workers: ["a", "a", "b"], minWorkers: 2 });
  expect(spec.options.workers).toBe(3);
  expect(makeSpec("cluster", spec.options)).toEqual(spec);
  expect(makeSpec("cluster", { ...spec.options, workers: 1 }).options.extra["hosts"]).toMatchObject([{ host: "a" }]);
  expect(() => makeSpec("cluster", { ...spec.options, workers: 4 })).toThrow(/hosts for 3 are known/);
});

test("no worker at all is refused, and so are hosts where there are none", () => {
  expect(() => cluster({ workers: [] })).toThrow(/at least one worker/);
  expect(() => multicore({ workers: ["a"] as unknown as number })).toThrow(/"workers" of multicore\(\) must be a whole number/);
});

test("without workers it runs on the hosts of the batch system's allocation, which must make sense", () => {
  vi.stubEnv("SLURM_JOB_NODELIST", "n[01-02]");
  vi.stubEnv("SLURM_JOB_CPUS_PER_NODE", "2,1");
  try {
    plan("cluster");
    expect(nbrOfWorkers()).toBe(3);
    expect(withWorkers(makeSpec("cluster")).options.extra["hosts"]).toMatchObject([{ host: "n01" }, { host: "n02" }, { host: "n01" }]);
    vi.stubEnv("SLURM_JOB_NODELIST", "n[01-");
    expect(() => plan("cluster")).toThrow(/SLURM_JOB_NODELIST/);
  } finally {
    vi.unstubAllEnvs();
  }
  expect(withWorkers(makeSpec("cluster")).options.extra["hosts"]).toContainEqual(
    expect.objectContaining({ host: "localhost", launch: "local" }),
  );
});

test("FUTURE_PLAN names hosts by plus signs", () => {
  const [spec] = environmentPlan({ FUTURE_PLAN: "cluster:n1+ann@n2:2222+n1,multicore:2" }) ?? [];
  expect(spec?.options.extra["hosts"]).toMatchObject([{ host: "n1" }, { host: "n2", user: "ann", port: 2222 }, { host: "n1" }]);
  expect(environmentPlan({ FUTURE_PLAN: "cluster:3" })?.[0].options.workers).toBe(3);
  expect(() => environmentPlan({ FUTURE_PLAN: "cluster:n 1" })).toThrow(/FUTURE_PLAN/);
});
