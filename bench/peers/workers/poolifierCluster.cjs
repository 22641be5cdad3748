/** CommonJS, because a cluster worker written as a module loses poolifier's first message while it loads, and hangs. */

const { ClusterWorker } = require("poolifier");

const tasks = import("../../workloads/tasks.mjs");
const names = ["noop", "spin", "mapArray", "mapF64", "mean"];
module.exports = new ClusterWorker(Object.fromEntries(names.map((name) => [name, async (args) => (await tasks)[name](...args)])));
