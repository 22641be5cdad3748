/**
 * Law: a function that travels sees the variables that eslint-scope says it means, whatever they are called; and what such a variable
 * holds stays itself for the rest of the process. Run by plain `node`: at home and in a worker thread.
 */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Program } from "../test/unit/globals/support/Program.ts";
import { runPrograms } from "../test/unit/globals/support/runPrograms.ts";
import { packages, shadowing, type Shadowing } from "./shadowing.ts";
import "./seed.ts";

const howMany = 100;

/** The function throws where it sees something else, at home and in the worker. */
function checking({ source, tags }: Shadowing): string {
  return source.replaceAll("WANTED", JSON.stringify(tags));
}

function programsFor(given: readonly Shadowing[], inPackage: boolean): Program[] {
  return given.map((one, at) => ({
    title: `${at}\n${one.source}`,
    kind: "same",
    files: inPackage
      ? {
          "main.mjs": `export { make } from "host";`,
          "node_modules/host/package.json": `{ "name": "host", "version": "1.0.0", "type": "module", "exports": "./index.js" }`,
          "node_modules/host/index.js": checking(one),
          ...packages,
        }
      : { "main.mjs": checking(one), ...packages },
  }));
}

describe("variables named like imports", () => {
  test.each([
    ["the user's modules", false],
    ["modules of packages", true],
  ] as const)("are what eslint-scope says in %s", { timeout: 300_000 }, (_, inPackage) => {
    const given = fc.sample(shadowing, howMany);
    expect(given.flatMap(({ tags }) => tags)).not.toContain("unmarked");
    const results = runPrograms(programsFor(given, inPackage));
    expect(results.size).toBe(howMany);
    expect([...results.values()].filter(({ outcome }) => outcome !== "same")).toEqual([]);
  });
});
