/** Every backend × every case × every argument combination, against the built package. A new backend is one line in `plans`. */

import { cluster, multicore, multisession, sequential } from "futureplan";
import { fileURLToPath } from "node:url";
import { conformanceCases, openConformance, type Conformance } from "futureplan/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SshHosts } from "./cluster/support/SshHosts.ts";

/** They see nothing of this checkout. */
const hosts = await SshHosts.start({ hide: [fileURLToPath(new URL("..", import.meta.url))] });

const plans = [
  sequential(),
  multicore({ workers: 2, oversubscribe: true }),
  multisession({ workers: 2, oversubscribe: true }),
  cluster({ workers: hosts.names, sshConfig: hosts.config }),
];

const elsewhere = "processes of other hosts cannot be watched from here; test/cluster/lifeAndDeath.test.ts does it there";

/** Cases left out for one backend: title → reason. */
const skip: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cluster: {
    "output: inherit leaves output to the worker's own streams": "beside the frames SSH has one stream back: all arrives on standard error",
    "plan: more than three times as many workers as cores is refused, unless wished": "its workers do not share this machine's cores",
    "plan: more workers than cores warns": "its workers do not share this machine's cores",
    "exit: workers end when their home is killed": elsewhere,
    "exit: workers that are blocked in a loop end when their home is killed": elsewhere,
  },
};

afterAll(() => hosts.stop());

const deadline = 30_000;

test("titles of cases are unique", () => {
  const titles = conformanceCases().map(({ title }) => title);
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
});

describe.each(plans)("$backend", (plan) => {
  let conformance: Conformance;

  beforeAll(() => {
    conformance = openConformance(plan, { skip: skip[plan.backend] ?? {}, deadline });
  });

  afterAll(() => conformance.close());

  test.for(conformanceCases())("$title", { timeout: deadline + 5_000 }, async (each, { skip: leaveOut }) => {
    const reason = conformance.reasonToSkip(each);
    if (reason !== undefined) leaveOut(reason);
    await conformance.run(each);
  });
});
