/** The short form: an episode for each backend. The long one is `npm run chaos` (README.md beside this file). */

import { afterAll, expect, test } from "vitest";
import { SshHosts } from "../cluster/support/SshHosts.ts";
import { startHome } from "./startHome.ts";
import type { BackendName } from "./types.ts";

const hosts = await SshHosts.start({ count: 2 });
afterAll(() => hosts.stop());

const seed = Number(process.env["FUTUREPLAN_CHAOS_SEED"] ?? "20261127");
const clean = { code: 0, signal: null, files: [], survivors: [] };
const unharmed = { lost: 0, doubled: 0, hung: 0, wrong: 0, leaked: 0 };

const episodes: readonly (readonly [BackendName, number])[] = [
  ["sequential", 400],
  ["multicore", 250],
  ["multisession", 150],
  ["cluster", 120],
  ["mixed", 200],
];

test.each(episodes)(`%s loses nothing, runs nothing twice and leaves nothing: %i futures, seed ${seed}`, async (backend, futures) => {
  const { reports, samples: _, stderr, ...end } = await startHome({ backends: [backend], seed, futures, hosts });
  expect(reports.flatMap(({ problems }) => problems)).toEqual([]);
  expect(reports, stderr).toMatchObject([unharmed]);
  expect(reports[0]?.starts).toBeGreaterThan(futures / 4);
  expect(Object.keys(reports[0]?.faults ?? {}).length).toBeGreaterThan(3);
  expect(end, stderr).toEqual(clean);
});
