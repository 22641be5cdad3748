import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { countCores, findCores, type CoreFindings } from "../../../src/platform/availableCores.ts";
import { currentSession } from "../../../src/session/currentSession.ts";

let root: string | undefined;

/** A machine of 16 cores with these files and environment variables. */
function machine(files: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}): CoreFindings {
  root = mkdtempSync(join(tmpdir(), "cores-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return findCores({ env, root, system: 16, parallelism: 16 });
}

afterEach(() => {
  if (root !== undefined) rmSync(root, { recursive: true });
  root = undefined;
});

describe("findings", () => {
  test("without files and variables there are the system's and the affinity's", () => {
    expect(machine({})).toEqual({ system: 16, affinity: 16 });
  });

  test("the list of allowed CPUs is counted", () => {
    expect(machine({ "proc/self/status": "Name:\tnode\nCpus_allowed_list:\t0-3,8\n" })).toMatchObject({ "/proc/self/status": 5 });
  });

  test("a quota of cgroups v2 is rounded, and the least of the group and those above it counts", () => {
    const files = {
      "proc/self/cgroup": "0::/a/b\n",
      "sys/fs/cgroup/a/cpu.max": "250000 100000\n",
      "sys/fs/cgroup/a/b/cpu.max": "max 100000\n",
    };
    expect(machine(files)).toMatchObject({ "cgroups2.cpu.max": 3 });
  });

  test("a quota of less than a core is one core", () => {
    expect(machine({ "sys/fs/cgroup/cpu.max": "20000 100000" })).toMatchObject({ "cgroups2.cpu.max": 1 });
  });

  test("no quota is no finding", () => {
    expect(machine({ "sys/fs/cgroup/cpu.max": "max 100000" })).not.toHaveProperty("cgroups2.cpu.max");
    expect(machine({ "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1", "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000" })).not.toHaveProperty(
      "cgroups.cpuquota",
    );
  });

  test("the effective set of cgroups v2 is counted", () => {
    expect(machine({ "proc/self/cgroup": "0::/x\n", "sys/fs/cgroup/x/cpuset.cpus.effective": "0-1\n" })).toMatchObject({
      "cgroups2.cpuset.cpus.effective": 2,
    });
  });

  test("cgroups v1 are read under their own controllers", () => {
    const files = {
      "proc/self/cgroup": "5:cpuset:/job\n4:cpu,cpuacct:/job\n",
      "sys/fs/cgroup/cpuset/job/cpuset.cpus": "0-5\n",
      "sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us": "400000\n",
      "sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us": "100000\n",
    };
    expect(machine(files)).toMatchObject({ "cgroups.cpuset": 6, "cgroups.cpuquota": 4 });
  });

  test("a group that is not visible in the container falls back to the mount", () => {
    const files = {
      "proc/self/cgroup": "4:cpu:/docker/abc\n",
      "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "200000",
      "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000",
    };
    expect(machine(files)).toMatchObject({ "cgroups.cpuquota": 2 });
  });

  test.each([
    ["LSB_DJOB_NUMPROC", "4"],
    ["PBS_NUM_PPN", "4"],
    ["NCPUS", "4"],
    ["NSLOTS", "4"],
    ["SLURM_CPUS_PER_TASK", "4"],
  ])("%s of a batch system counts", (name, text) => {
    expect(machine({}, { [name]: text })).toMatchObject({ [name]: 4 });
  });

  test("Slurm's cores of the node count only for a job on one node that names no cores per task", () => {
    expect(machine({}, { SLURM_CPUS_ON_NODE: "8", SLURM_JOB_NUM_NODES: "1" })).toMatchObject({ SLURM_CPUS_ON_NODE: 8 });
    expect(machine({}, { SLURM_CPUS_ON_NODE: "8", SLURM_JOB_NUM_NODES: "2" })).not.toHaveProperty("SLURM_CPUS_ON_NODE");
    expect(machine({}, { SLURM_CPUS_ON_NODE: "8", SLURM_JOB_NUM_NODES: "1", SLURM_CPUS_PER_TASK: "2" })).not.toHaveProperty(
      "SLURM_CPUS_ON_NODE",
    );
  });

  test("nonsense in a variable or file is no finding", () => {
    expect(machine({ "proc/self/status": "Cpus_allowed_list:\tx-y\n" }, { NSLOTS: "all", NCPUS: "0" })).toEqual({
      system: 16,
      affinity: 16,
    });
  });
});

describe("the count", () => {
  test("is the least of all findings, and inside a worker at most its share", () => {
    const session = currentSession();
    session.worker = { name: "w", strata: [], cores: 1, keep: (body) => body() };
    expect(findCores()).toMatchObject({ worker: 1 });
    expect(countCores()).toBe(1);
    session.worker = undefined;
    expect(countCores()).toBeGreaterThanOrEqual(1);
  });
});
