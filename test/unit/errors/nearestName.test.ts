import { describe, expect, test } from "vitest";
import { nearestName } from "../../../src/errors/nearestName.ts";

const options = ["workers", "concurrency", "env", "cwd", "label", "lazy"];

describe("nearestName", () => {
  test.each([
    ["worker", "workers"],
    ["wrokers", "workers"],
    ["Workers", "workers"],
    ["concurency", "concurrency"],
    ["evn", "env"],
    ["labl", "label"],
  ])("%s is %s", (written, meant) => {
    expect(nearestName(written, options)).toBe(meant);
  });

  test.each(["memory", "threads", "x", ""])("nothing is near %j", (written) => {
    expect(nearestName(written, options)).toBeUndefined();
  });

  test("of several the nearest", () => {
    expect(nearestName("chunksize", ["chunkSizes", "chunkSize"])).toBe("chunkSize");
  });
});
