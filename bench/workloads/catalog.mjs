/**
 * What is measured, in the order of the tables. `id` is what --only takes; `file` exports `{ prepare, measure }` under its own name.
 * `reps` and `seconds` end the repetitions, the sooner of both (but there is at least one), `quick` those of --quick. `warmUp`: a first repetition is thrown away.
 * `fresh`: a new process for each repetition; `variants(peer, quick)`: what it then does, one at a time; `memoryReps`: repetitions before the
 * others that give memory instead of time. `runs(peer, quick)`: who takes part; by default all that run tasks.
 */

import { variantsOfLargeData } from "./variantsOfLargeData.mjs";

const ours = (peer) => peer.role === "ours";
const withWorkers = (peer) => peer.place !== "home" && peer.role !== "limit";
const inThreads = (peer) => peer.place === "threads" && peer.role !== "limit";
const threadsOrOurs = (peer) => inThreads(peer) || (ours(peer) && withWorkers(peer));

export const workloads = [
  {
    id: "W1",
    file: "roundTrip",
    what: "1,000 no-ops, one after the other",
    runs: () => true,
    warmUp: true,
    reps: 9,
    seconds: 40,
    quick: { reps: 3, seconds: 12 },
  },
  {
    id: "W1",
    file: "roundTrip",
    what: "the same with all threads and processes of a peer on one core (Linux), where waking the other core is left out and figures are steadier",
    runs: () => true,
    oneCore: true,
    warmUp: true,
    reps: 9,
    seconds: 40,
    quick: { reps: 3, seconds: 12 },
  },
  {
    id: "W2",
    file: "throughput",
    what: "20,000 no-ops at once, a stable function",
    warmUp: true,
    reps: 5,
    seconds: 90,
    quick: { reps: 2, seconds: 12 },
  },
  {
    id: "C",
    file: "closures",
    what: "5,000 closures written inline, each captured, made to valued",
    runs: ours,
    warmUp: true,
    reps: 7,
    seconds: 30,
    quick: { reps: 3, seconds: 5 },
  },
  {
    id: "W3",
    file: "mapNumbers",
    what: "x * x + 1 over 1,000,000 numbers",
    warmUp: true,
    reps: 7,
    seconds: 80,
    quick: { reps: 2, seconds: 9 },
  },
  {
    id: "W4",
    file: "speedUp",
    what: "16 equal tasks of 100 ms (25 ms with --quick)",
    runs: threadsOrOurs,
    reps: 5,
    seconds: 70,
    quick: { reps: 1, seconds: 5 },
  },
  {
    id: "W5",
    file: "uneven",
    what: "4 tasks of 200 ms, then 12 of 20 ms (a quarter of both with --quick); the ideal is 520 (130) ms",
    runs: threadsOrOurs,
    reps: 5,
    seconds: 70,
    quick: { reps: 1, seconds: 5 },
  },
  {
    id: "W6",
    file: "largeData",
    what: "8 tasks, each the mean of the same 400 MB (381 MiB)",
    fresh: true,
    variants: variantsOfLargeData,
    memoryReps: 1,
    reps: 5,
    seconds: 180,
    quick: { reps: 1, seconds: 1 },
  },
  {
    id: "W7",
    file: "coldStart",
    what: "from starting the process to the first results of 2 workers, and to its exit",
    fresh: true,
    reps: 9,
    seconds: 40,
    quick: { reps: 3, seconds: 9 },
  },
  {
    id: "W8",
    file: "pending",
    what: "100,000 no-ops pending at once (10,000 with --quick for all but futureplan)",
    runs: withWorkers,
    fresh: true,
    reps: 3,
    seconds: 80,
    quick: { reps: 1, seconds: 5 },
  },
  {
    id: "Q",
    file: "queue",
    what: "10³ to 10⁶ no-ops at once, made to valued",
    runs: (peer, quick) => ours(peer) && (!quick || peer.place === "threads"),
    fresh: true,
    reps: 3,
    seconds: 80,
    quick: { reps: 1, seconds: 1 },
  },
  {
    id: "W9",
    file: "sleeping",
    what: "2,000 tasks that sleep 5 ms, 1,000 in flight per worker where the peer can",
    runs: threadsOrOurs,
    reps: 5,
    seconds: 40,
    quick: { reps: 1, seconds: 4 },
  },
];
