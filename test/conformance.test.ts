/** Every backend × every case × every argument combination, against the built package. A new backend is one line in `plans`. */

import { multicore, multisession, sequential } from "futureplan";
import { conformanceCases, openConformance, type Conformance } from "futureplan/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const plans = [sequential(), multicore({ workers: 2, oversubscribe: true }), multisession({ workers: 2, oversubscribe: true })];

/** Cases left out for one backend: title → reason. */
const skip: Readonly<Record<string, Readonly<Record<string, string>>>> = {};

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
