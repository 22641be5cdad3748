/** The names of cases, by which they are skipped and found. */

import { conformanceCases } from "futureplan/testing";
import { expect, test } from "vitest";

test("titles of cases are unique", () => {
  const titles = conformanceCases().map(({ title }) => title);
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
});
