/**
 * Who is measured, in the order of the tables; `file` exports `open()`. `role`: ours, a pool from the registry, raw Node, the limit of a single message, or
 * no workers at all (the baseline). `place`: where the tasks run. `thorough`: left out by --quick. `package` tells the version and names the peer to --peer, too.
 */

export const peers = [
  { name: "multicore", file: "futureplanMulticore.mjs", package: "futureplan", role: "ours", place: "threads" },
  { name: "multisession", file: "futureplanMultisession.mjs", package: "futureplan", role: "ours", place: "processes" },
  { name: "sequential", file: "futureplanSequential.mjs", package: "futureplan", role: "ours", place: "home" },
  { name: "piscina", file: "piscina.mjs", package: "piscina", role: "pool", place: "threads" },
  { name: "tinypool", file: "tinypool.mjs", package: "tinypool", role: "pool", place: "threads" },
  { name: "workerpool", file: "workerpool.mjs", package: "workerpool", role: "pool", place: "threads" },
  { name: "poolifier", file: "poolifier.mjs", package: "poolifier", role: "pool", place: "threads" },
  { name: "tinypool-process", file: "tinypoolProcess.mjs", package: "tinypool", role: "pool", place: "processes", thorough: true },
  { name: "workerpool-process", file: "workerpoolProcess.mjs", package: "workerpool", role: "pool", place: "processes", thorough: true },
  { name: "poolifier-cluster", file: "poolifierCluster.mjs", package: "poolifier", role: "pool", place: "processes", thorough: true },
  { name: "raw-threads", file: "rawThreads.mjs", role: "raw", place: "threads" },
  { name: "raw-port", file: "rawPort.mjs", role: "limit", place: "threads" },
  { name: "raw-fork", file: "rawFork.mjs", role: "raw", place: "processes" },
  { name: "loop", file: "loop.mjs", role: "baseline", place: "home" },
];
