import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { PlanInvalid } from "../../../src/errors/errors.ts";
import { findWorkers, listWorkers, type WorkerSources } from "../../../src/platform/availableWorkers.ts";
import { currentSession } from "../../../src/session/currentSession.ts";

type Texts = Readonly<Record<string, string>>;

let root: string | undefined;

/** A machine of two cores with these environment variables and files. */
function machine(env: Texts, files: Texts = {}): WorkerSources {
  root = mkdtempSync(join(tmpdir(), "workers-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { env, root, cores: 2 };
}

/** A machine where `variable` names a file with this text. */
function withFile(variable: string, text: string, env: Texts = {}): WorkerSources {
  return machine({ ...env, [variable]: "/job/hosts" }, { "job/hosts": text });
}

/** `n1*2 n2` is n1, n1, n2. */
function hosts(short: string): string[] {
  return short.split(" ").flatMap((part) => {
    const [host = "", count = "1"] = part.split("*");
    return Array.from({ length: Number(count) }, () => host);
  });
}

function refusal(sources: WorkerSources): PlanInvalid {
  try {
    listWorkers(sources);
  } catch (error) {
    if (error instanceof PlanInvalid) return error;
    throw error;
  }
  throw new Error("Nothing was refused.");
}

afterEach(() => {
  if (root !== undefined) rmSync(root, { recursive: true });
  root = undefined;
  currentSession().worker = undefined;
});

describe("without a scheduler", () => {
  test("the workers are on this machine, one per core", () => {
    expect(listWorkers(machine({}))).toEqual(["localhost", "localhost"]);
    expect(findWorkers(machine({}))).toEqual({ localhost: ["localhost", "localhost"] });
  });

  test("a variable that is empty is as one that is not set", () => {
    expect(listWorkers(machine({ SLURM_JOB_NODELIST: "", LSB_HOSTS: "  ", PBS_NODEFILE: "" }))).toEqual(["localhost", "localhost"]);
  });

  test("this process has at least one worker", () => {
    expect(listWorkers().length).toBeGreaterThanOrEqual(1);
  });
});

describe("Slurm", () => {
  /** Recorded from jobs and their steps. */
  const { allocations } = JSON.parse(readFileSync(new URL("../../golden/slurm-hosts.json", import.meta.url), "utf8")) as {
    allocations: readonly { command: string; env: Texts }[];
  };
  const expected: Texts = {
    "salloc -Q -N3": "n1 n2 n3",
    "salloc -Q -N3 --exclusive": "n1*4 n2*4 n3*4",
    "salloc -Q -n7 -w n1,n2": "n1*4 n2*3",
    "salloc -Q -N2 -n4 -c2 -w n1,n2": "n1*4 n2*4",
    "srun -Q -n1 -c3 -w n1": "n1*3",
    "srun -Q -N2 -w n1,n2": "n1 n2",
    "salloc -Q -N3 srun -Q -N1": "n1 n2 n3",
    "salloc -Q -N3 srun -Q -N2 -n2 -w n2,n3": "n1 n2 n3",
    "salloc -Q -n7 -w n1,n2 srun -Q": "n1*4 n2*3",
    "salloc -Q -N2 -n4 -c2 -w n1,n2 srun -Q -n1 -c2": "n1*4 n2*4",
  };

  test.each(allocations.map(({ command, env }) => [command, env] as const))("%s: all CPUs of the job", (command, env) => {
    expect(listWorkers(machine(env))).toEqual(hosts(expected[command] ?? ""));
  });

  test("the example of R's documentation", () => {
    expect(listWorkers(machine({ SLURM_NODELIST: "n1,n[03-05]", SLURM_JOB_CPUS_PER_NODE: "2(x2),3,2" }))).toEqual(
      hosts("n1*2 n03*2 n04*3 n05*2"),
    );
  });

  test.each([
    ["node17", "16", "16", "node17*16"],
    ["node[03-04]", "6,2", "3,1", "node03*6 node04*2"],
    ["node[12-13]", "9,8", "8(x2)", "node12*9 node13*8"],
    ["node[06,17]", "16,2", "14,2", "node06*16 node17*2"],
  ])("%s with %s CPUs and %s tasks, as on the clusters that R's tests recorded", (nodes, cpus, tasks, workers) => {
    const env = { SLURM_JOB_NODELIST: nodes, SLURM_JOB_CPUS_PER_NODE: cpus, SLURM_TASKS_PER_NODE: tasks, SLURM_CPUS_PER_TASK: "2" };
    expect(listWorkers(machine(env))).toEqual(hosts(workers));
  });

  test("tasks count where CPUs are not told, and without either each host has one worker", () => {
    expect(listWorkers(machine({ SLURM_JOB_NODELIST: "n[1-3]", SLURM_TASKS_PER_NODE: "4(x2),3" }))).toEqual(hosts("n1*4 n2*4 n3*3"));
    expect(listWorkers(machine({ SLURM_JOB_NODELIST: "n[1-3]" }))).toEqual(["n1", "n2", "n3"]);
  });

  test("the job's list goes before the older variable", () => {
    expect(findWorkers(machine({ SLURM_JOB_NODELIST: "n[1-2]", SLURM_NODELIST: "n1" }))).toEqual({
      SLURM_JOB_NODELIST: ["n1", "n2"],
      localhost: ["localhost", "localhost"],
    });
  });
});

describe("LSF", () => {
  test("LSB_HOSTS names a host once per slot", () => {
    expect(listWorkers(machine({ LSB_HOSTS: "n1 n2 n3 n1 n6 n3 n3 n5" }))).toEqual(hosts("n1 n2 n3 n1 n6 n3*2 n5"));
  });

  test("LSB_MCPU_HOSTS, for long lists, counts slots", () => {
    expect(listWorkers(machine({ LSB_MCPU_HOSTS: "hostA 2 hostB 3 " }))).toEqual(hosts("hostA*2 hostB*3"));
  });

  test("LSB_DJOB_HOSTFILE has a line per slot", () => {
    expect(listWorkers(withFile("LSB_DJOB_HOSTFILE", "n1\nn1\nn2\n"))).toEqual(hosts("n1*2 n2"));
  });

  test("the variables tell the same, so the first is enough", () => {
    expect(Object.keys(findWorkers(machine({ LSB_HOSTS: "n1", LSB_MCPU_HOSTS: "n1 1", LSB_DJOB_HOSTFILE: "/none" })))).toEqual([
      "LSB_HOSTS",
      "localhost",
    ]);
  });
});

describe("host files", () => {
  test("PBS has a line per slot; the slots of a host come together, the first host first", () => {
    expect(listWorkers(withFile("PBS_NODEFILE", "n3\nn1\nn3\nn1\nn2\n"))).toEqual(hosts("n3*2 n1*2 n2"));
  });

  test("Grid Engine counts slots; a host may be listed for each of its queues", () => {
    const text = "n2 1 short.q@n2 UNDEFINED\nn1 2 long.q@n1 UNDEFINED\nn2 3 long.q@n2 UNDEFINED\n";
    expect(listWorkers(withFile("PE_HOSTFILE", text, { NSLOTS: "6" }))).toEqual(hosts("n2*4 n1*2"));
  });

  test.each([
    [{ PJM_VNODE_CORE: "2", PJM_PROC_BY_NODE: "5" }, "n3*2 n1*2"],
    [{ PJM_PROC_BY_NODE: "3" }, "n3*3 n1*3"],
    [{}, "n3 n1"],
  ])("PJM lists hosts, each with as many cores: %j", (env, workers) => {
    expect(listWorkers(withFile("PJM_O_NODEINF", "n3\nn1\n", env))).toEqual(hosts(workers));
  });

  test("of the MPI operator for Open MPI count slots", () => {
    const text =
      "# made by the operator\nmpi-worker-0.mpi.default.svc slots=2\n\nmpi-worker-1.mpi.default.svc max_slots=4 slots=3 rank=1\nplain\n";
    expect(listWorkers(withFile("OMPI_MCA_orte_default_hostfile", text))).toEqual(
      hosts("mpi-worker-0.mpi.default.svc*2 mpi-worker-1.mpi.default.svc*3 plain"),
    );
  });

  test.each(["I_MPI_HYDRA_HOST_FILE", "HYDRA_HOST_FILE"])("of the MPI operator in %s count them behind a colon", (variable) => {
    expect(listWorkers(withFile(variable, "w-0.svc:2\nw-1.svc:1\nw-2.svc\n"))).toEqual(hosts("w-0.svc*2 w-1.svc w-2.svc"));
  });

  test("may have line ends of Windows", () => {
    expect(listWorkers(withFile("PBS_NODEFILE", "n1\r\nn2\r\n"))).toEqual(["n1", "n2"]);
  });

  test("that name nobody say nothing", () => {
    expect(findWorkers(withFile("PBS_NODEFILE", "\n# none\n"))).toEqual({ localhost: ["localhost", "localhost"] });
  });
});

describe("FUTURE_AVAILABLE_WORKERS", () => {
  test.each([
    ["n1,n1,n2", "n1*2 n2"],
    [" n2 n1\nn2, ", "n2 n1 n2"],
    ["w-0.svc slots=2\nw-1.svc  slots=1,me@n3", "w-0.svc*2 w-1.svc me@n3"],
    ["::1,10.0.0.1", "::1 10.0.0.1"],
  ])("%j lists workers by hand", (text, workers) => {
    expect(listWorkers(machine({ FUTURE_AVAILABLE_WORKERS: text }))).toEqual(hosts(workers));
  });

  test("goes before every scheduler", () => {
    expect(listWorkers(machine({ FUTURE_AVAILABLE_WORKERS: "n1", LSB_HOSTS: "n2", PBS_NODEFILE: "/none" }))).toEqual(["n1"]);
  });
});

describe("several schedulers", () => {
  const files = { pjm: "pjm\n", pbs: "pbs\n", sge: "sge 1 q x\n", mpi: "mpi\n" };
  const order: readonly (readonly [string, string, string])[] = [
    ["LSB_HOSTS", "lsf", "lsf"],
    ["PJM_O_NODEINF", "/pjm", "pjm"],
    ["PBS_NODEFILE", "/pbs", "pbs"],
    ["PE_HOSTFILE", "/sge", "sge"],
    ["SLURM_JOB_NODELIST", "slurm", "slurm"],
    ["OMPI_MCA_orte_default_hostfile", "/mpi", "mpi"],
  ];

  test.each(order.map((_, index) => index))("go in R's order, from number %i on", (from) => {
    const env = Object.fromEntries(order.slice(from).map(([variable, value]) => [variable, value]));
    expect(listWorkers(machine(env, files))).toEqual([order[from]?.[2]]);
  });

  test("are all told, in that order", () => {
    const env = Object.fromEntries(order.toReversed().map(([variable, value]) => [variable, value]));
    expect(Object.keys(findWorkers(machine(env, files)))).toEqual([...order.map(([variable]) => variable), "localhost"]);
  });
});

describe("inside a worker", () => {
  test("the workers are its share of this machine, whatever the job has", () => {
    currentSession().worker = { name: "w", strata: [], cores: 3, keep: (body) => body() };
    const sources = machine({ SLURM_JOB_NODELIST: "n[1-2]" });
    expect(listWorkers(sources)).toEqual(hosts("localhost*3"));
    expect(Object.keys(findWorkers(sources))).toEqual(["worker", "SLURM_JOB_NODELIST", "localhost"]);
  });
});

describe("what is malformed", () => {
  test.each<readonly [Texts, string]>([
    [{ SLURM_JOB_NODELIST: "n[5-3]" }, "5-3"],
    [{ SLURM_NODELIST: "n[1-3" }, "n[1-3"],
    [{ SLURM_JOB_NODELIST: "-oProxyCommand=x" }, "no host name"],
    [{ LSB_HOSTS: "n1 -v" }, "-v"],
    [{ LSB_MCPU_HOSTS: "n1 2 n2" }, "n2"],
    [{ LSB_MCPU_HOSTS: "n1 two" }, "two"],
    [{ LSB_MCPU_HOSTS: "n1 0" }, '"0"'],
    [{ LSB_MCPU_HOSTS: "n1 99999999999999999999" }, "more than"],
    [{ FUTURE_AVAILABLE_WORKERS: "n1 slots=x" }, "slots=x"],
    [{ FUTURE_AVAILABLE_WORKERS: "slots=2" }, "slots=2"],
    [{ FUTURE_AVAILABLE_WORKERS: "n[1-3]" }, "n[1-3]"],
    [{ FUTURE_AVAILABLE_WORKERS: "n1;n2" }, "n1;n2"],
  ])("in a variable is refused with its name, its value, the part and what is allowed: %j", (env, part) => {
    const { message } = refusal(machine(env));
    const [variable = "", value = ""] = Object.entries(env)[0] ?? [];
    expect(message).toContain(`${variable}=${JSON.stringify(value)} is not valid.`);
    expect(message).toContain(part);
    expect(message).toMatch(/Allowed: .+\.$/);
  });

  test.each([
    ["PBS_NODEFILE", "n1\nn 3\n", "n 3"],
    ["PJM_O_NODEINF", "n1\nn 3\n", "n 3"],
    ["LSB_DJOB_HOSTFILE", "n1 2\n", "n1 2"],
    ["PE_HOSTFILE", "n1\n", "n1"],
    ["PE_HOSTFILE", "n1 many q x\n", "n1 many q x"],
    ["PE_HOSTFILE", "n1 0 q x\n", '"0"'],
    ["OMPI_MCA_orte_default_hostfile", "n1 slots=x\n", "n1 slots=x"],
    ["OMPI_MCA_orte_default_hostfile", "n1 n2\n", "n1 n2"],
    ["HYDRA_HOST_FILE", "n1:x\n", "n1:x"],
  ])("in the file of %s is refused with the line: %j", (variable, text, line) => {
    const { message } = refusal(withFile(variable, text));
    expect(message).toContain(`${variable}="/job/hosts" is not valid.`);
    expect(message).toContain(line);
    expect(message).toContain("Allowed: the path of a file with ");
  });

  test.each([
    ...["LSB_DJOB_HOSTFILE", "PJM_O_NODEINF", "PBS_NODEFILE", "PE_HOSTFILE"],
    ...["OMPI_MCA_orte_default_hostfile", "I_MPI_HYDRA_HOST_FILE", "HYDRA_HOST_FILE"],
  ])("a file of %s that cannot be read is refused, and why", (variable) => {
    const error = refusal(machine({ [variable]: "/none" }));
    expect(error.message).toContain(`${variable}="/none" is not valid. The file cannot be read: ENOENT`);
    expect(error.message).toContain("Allowed: the path of a file with ");
    expect(error.cause).toBeInstanceOf(Error);
    expect(() => findWorkers(machine({ [variable]: "/none" }))).toThrow(PlanInvalid);
  });

  test("counts of Slurm that do not fit its list are refused with both numbers", () => {
    const { message } = refusal(machine({ SLURM_JOB_NODELIST: "n[1-3]", SLURM_JOB_CPUS_PER_NODE: "2(x2)" }));
    expect(message).toContain('SLURM_JOB_NODELIST="n[1-3]" is not valid. It names 3 hosts, but SLURM_JOB_CPUS_PER_NODE counts for 2.');
  });

  test.each(["x", "2(x)", "2(x2", "2x2", "0", "2,,3", "-1", "2(x99999999)"])(
    "counts of Slurm are refused under their own name: %s",
    (text) => {
      const { message } = refusal(machine({ SLURM_JOB_NODELIST: "n1", SLURM_JOB_CPUS_PER_NODE: text }));
      expect(message).toContain(`SLURM_JOB_CPUS_PER_NODE=${JSON.stringify(text)} is not valid.`);
    },
  );

  test("cores of PJM are refused under their own name", () => {
    expect(refusal(withFile("PJM_O_NODEINF", "n1\n", { PJM_VNODE_CORE: "all" })).message).toContain('PJM_VNODE_CORE="all" is not valid.');
  });

  test("in a source that is not reached does no harm", () => {
    expect(listWorkers(machine({ LSB_HOSTS: "n1", SLURM_JOB_NODELIST: "n[" }))).toEqual(["n1"]);
  });
});
