/**
 * What is promised. A budget: `ours` must be at most (`atLeast`: at least) `factor` times `beside`, plus `plus`. Both are questions to the figures that give
 * { value, unit, peer? } or undefined. Where `beside` is "the best pool", it is the best that any pool of the run reached in any of the rows named.
 */

import { peers } from "../peers/peers.mjs";

const pools = peers.filter(({ role }) => role === "pool").map(({ name }) => name);
const arrayMiB = 400e6 / 2 ** 20;
const workers = 2;

const fixed = (value, unit) => () => ({ value, unit });

function of(peer, workload, metric) {
  return (figures) => {
    const found = figures.find(workload, peer, metric);
    return found?.median === undefined ? undefined : { value: found.median, unit: found.unit, peer };
  };
}

function bestPool(workload, metrics, better = (a, b) => a < b) {
  return (figures) =>
    pools
      .flatMap((peer) => metrics.map((metric) => of(peer, workload, metric)(figures)))
      .filter((found) => found !== undefined)
      .reduce((best, found) => (best === undefined || better(found.value, best.value) ? found : best), undefined);
}

/** The dearest future of the longer queues, over one of the shortest. */
function growth(figures) {
  const costs = [...figures.metricsOf("Q").keys()].map((metric) => of("multicore", "Q", metric)(figures)?.value);
  return costs.length < 4 || costs.includes(undefined) ? undefined : { value: Math.max(...costs.slice(1)) / costs[0], unit: "×" };
}

const array = ["array, 2 chunks by hand", "array, 8 chunks by hand", "array, 2 chunks by hand that travel as Float64Array"];
const typed = ["Float64Array, 2 chunks moved by hand", "Float64Array, 8 chunks moved by hand"];
const most = (a, b) => a > b;
const cold = (metric) => ({
  words: "≤ 1.3 × raw threads",
  ours: of("multicore", "W7", metric),
  beside: of("raw-threads", "W7", metric),
  factor: 1.3,
});

const largeTime = (variant, words) => ({
  words,
  ours: of("multicore", "W6", variant),
  beside: of("raw-threads", "W6", variant),
  factor: 1.1,
});
const largeMemory = (variant, words, plus) => ({
  words,
  ours: of("multicore", "W6", `${variant}: peak memory`),
  beside: of("raw-threads", "W6", "shared: peak memory"),
  factor: 1.05,
  plus,
});
const sessionMemory = (variant) => ({
  words: "≤ (1 + workers) arrays + 15 %",
  ours: of("multisession", "W6", `${variant}: peak memory`),
  beside: fixed((1 + workers) * arrayMiB, "MiB"),
  factor: 1.15,
});
const sentAgain = (variant) => ({
  words: "sends nothing (< 1 % of the array)",
  ours: of("multisession", "W6", `${variant}: written for it`),
  beside: fixed(4, "MB"),
});

export const budgets = [
  {
    what: "round trip, `multicore`",
    words: "ahead of the fastest pool",
    ours: of("multicore", "W1", "round trip"),
    beside: bestPool("W1", ["round trip"]),
  },
  {
    what: "round trip, `multicore`",
    words: "≤ 1.3 × raw MessagePort",
    ours: of("multicore", "W1", "round trip"),
    beside: of("raw-port", "W1", "round trip"),
    factor: 1.3,
  },
  {
    what: "20,000 no-ops at once",
    words: "≥ 3 × the fastest pool",
    ours: of("multicore", "W2", "tasks"),
    beside: bestPool("W2", ["tasks"], most),
    factor: 3,
    atLeast: true,
  },
  {
    what: "20,000 no-ops at once",
    words: "≥ 200,000/s",
    ours: of("multicore", "W2", "tasks"),
    beside: fixed(200_000, "/s"),
    atLeast: true,
  },
  { what: "5,000 inline closures", words: "≥ 8,000/s", ours: of("multicore", "C", "closures"), beside: fixed(8000, "/s"), atLeast: true },
  {
    what: "map of 10⁶ numbers, array to array",
    words: "ahead of every pool by hand",
    ours: of("multicore", "W3", "array, own map"),
    beside: bestPool("W3", array),
  },
  {
    what: "map of 10⁶ numbers, `Float64Array` to `Float64Array`",
    words: "ahead of every pool by hand",
    ours: of("multicore", "W3", "Float64Array, own map"),
    beside: bestPool("W3", typed),
  },
  { what: "400 MB, 8 tasks, `share()`: time", ...largeTime("shared", "≤ 1.1 × raw threads on shared memory") },
  { what: "400 MB, 8 tasks, ordinary array: time", ...largeTime("ordinary", "≤ 1.1 × raw threads that share one copy") },
  { what: "400 MB, 8 tasks, `share()`: peak memory", ...largeMemory("shared", "within 5 % of raw threads on shared memory") },
  { what: "400 MB, 8 tasks, ordinary array: peak memory", ...largeMemory("ordinary", "the same + one copy", arrayMiB) },
  { what: "400 MB, `multisession`, `share()`: peak memory", ...sessionMemory("shared") },
  { what: "400 MB, `multisession`, ordinary array: peak memory", ...sessionMemory("ordinary") },
  { what: "400 MB, `multisession`, `share()`: the same map again", ...sentAgain("shared") },
  { what: "400 MB, `multisession`, ordinary array: the same map again", ...sentAgain("ordinary") },
  { what: "cold start to the first results", ...cold("to the first results") },
  { what: "cold start to the exit", ...cold("to the exit") },
  {
    what: "100,000 pending, each",
    words: "≤ 1 KiB",
    ours: of("multicore", "W8", "held by each while pending"),
    beside: fixed(1024, "bytes"),
  },
  {
    what: "100,000 pending, settled",
    words: "≥ 100,000/s",
    ours: of("multicore", "W8", "submitted and settled"),
    beside: fixed(100_000, "/s"),
    atLeast: true,
  },
  { what: "queues of 10⁴ to 10⁶, the dearest future", words: "≤ 1.5 × one of 10³", ours: growth, beside: fixed(1.5, "×") },
];
