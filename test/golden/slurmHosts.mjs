/**
 * Writes slurm-hosts.json: SLURM_CONF=… node slurmHosts.mjs, with a running Slurm that has three nodes n1 to n3 of four CPUs (22.05.8 made it).
 * `hostlists`: what `scontrol show hostnames` makes of a list, `null` where it refuses. `allocations`: what jobs and their steps find in
 * their environment.
 */

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";

const lists = [
  ...["n1", "n1,n3", "n3 n1", "  n1", "n1,,  n3", "n1\tn2", ",n1", "n1,", "n1,n1,n2", "r1n2-ib0", "127.0.0.1"],
  ...["n[1-3]", "n[1]", "n[1-1]", "n[2,1]", "n[1,1,2]", "n[1-2],m[3-4],x", "[1-3]", "n1-[2-3]", "n[1-2],"],
  ...["n[9-11]", "n[09-11]", "n[009-11]", "n[9-011]", "n[099-101]", "n[08]", "n[00-02,5,010-011]", "n[000-001]"],
  ...["n[1,3-4,  11-13]", "a1,b[   02-04,6-7]", "n[1- 3]"],
  ...["a[1-2]b[3,5-7]", "a[1-2]b[01-02]", "n[1-2][3-4]", "a[1-2]b[3-4]c[5-6]", "a[1-2]b[3-4]c[5-6]d[7-8]", "r[1-2]n[1-2],x[1-2]y[3]"],
  ...["n[5-3]", "n[]", "n[-3]", "n[1,]", "n[a-b]", "n[[1-2]]", "n[1 ,2]", "n[0-1x3]", "n[1--3]", "n[0x1]", "n[1-100000]", "[n1,n2]"],
];

const names = [
  ...["JOB_NODELIST", "NODELIST", "JOB_CPUS_PER_NODE", "TASKS_PER_NODE", "CPUS_PER_TASK", "CPUS_ON_NODE", "JOB_NUM_NODES", "STEP_NODELIST"],
].map((name) => `SLURM_${name}`);

const commands = [
  "salloc -Q -N3",
  "salloc -Q -N3 --exclusive",
  "salloc -Q -n7 -w n1,n2",
  "salloc -Q -N2 -n4 -c2 -w n1,n2",
  "srun -Q -n1 -c3 -w n1",
  "srun -Q -N2 -w n1,n2",
  "salloc -Q -N3 srun -Q -N1",
  "salloc -Q -N3 srun -Q -N2 -n2 -w n2,n3",
  "salloc -Q -n7 -w n1,n2 srun -Q",
  "salloc -Q -N2 -n4 -c2 -w n1,n2 srun -Q -n1 -c2",
];

function output(command, args) {
  return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

function expand(list) {
  const hosts = output("scontrol", ["show", "hostnames", list]).trim();
  return hosts === "" ? null : hosts.split("\n");
}

function environment(command) {
  const [program, ...args] = command.split(" ");
  const text = output(program, [...args, "sh", "-c", "echo $(env | grep ^SLURM_)"]).split("\n")[0];
  const all = Object.fromEntries(text.split(" ").map((pair) => pair.split("=")));
  return Object.fromEntries(names.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])));
}

const lines = (entries) => entries.map((entry) => JSON.stringify(entry)).join(",\n");
writeFileSync(
  new URL("slurm-hosts.json", import.meta.url),
  `{"source": "slurmHosts.mjs, ${output("scontrol", ["--version"]).trim()}",
"hostlists": [
${lines(lists.map((list) => [list, expand(list)]))}
],
"allocations": [
${lines(commands.map((command) => ({ command, env: environment(command) })))}
]}
`,
);
