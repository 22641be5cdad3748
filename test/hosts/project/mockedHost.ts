/** What vitest puts in the place of modules, functions and the environment, as futures see it under each plan. */

import fs, { existsSync } from "node:fs";
import * as path from "node:path";
import { future, futureMap, plan, shutdown, value } from "futureplan";
import { sum } from "tally";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import * as prices from "./prices.ts";
import { discounted, rate } from "./prices.ts";
import { lately } from "./rates.ts";

vi.mock("./prices.ts", () => ({ rate: 7, discounted: vi.fn((price: number) => price * 7) }));
vi.mock("tally", () => ({ sum: () => "mocked" }));
vi.mock("./rates.ts", { spy: true });

describe.each(["sequential", "multicore", "multisession", "cluster"] as const)("%s", (name) => {
  beforeEach(() => void plan(name, name === "sequential" ? {} : { workers: 1 }));
  afterAll(() => shutdown());

  test("built-ins are those of the worker", async () => {
    const look = (): unknown => [path.basename("/a/b"), existsSync("/"), fs.existsSync("/nope")];
    expect(await value(future(look))).toEqual(look());
  });

  test("what a factory gives travels, in place of files and of packages", async () => {
    const use = (): unknown => [rate, discounted(3), prices.rate, sum([1])];
    expect(await value(future(use))).toEqual(use());
    expect(await value(future(() => prices.discounted(2)))).toBe(14);
  });

  test("a mocked module as a whole is refused, for vitest watches over its names", async () => {
    await expect(value(future(() => Object.keys(prices)))).rejects.toThrow("Proxy");
  });

  test("a name that the factory does not give fails as at home, or is refused", async () => {
    await expect(value(future(() => prices.Basket))).rejects.toThrow();
  });

  test("automatic spies do what they are told", async () => {
    expect(await value(future(() => lately()))).toBe(12);
    vi.mocked(lately).mockReturnValue(9);
    expect(await value(future(() => lately()))).toBe(9);
    vi.mocked(lately).mockReset();
  });

  test("functions of vi.fn run with their implementations, and with what was set for one call", async () => {
    const spy = vi.fn((x: number) => x + 1);
    expect(await value(future(() => spy(1)))).toBe(2);
    spy.mockReturnValueOnce(50);
    expect(await value(future(() => [spy(1), spy(1)]))).toEqual([50, 2]);
    expect(spy.mock.calls).toEqual([]); // a future works with a copy, under every plan
    expect(await value(future(() => (spy(3), spy.mock.lastCall)))).toEqual([3]);
    expect(await value(future(() => vi.isMockFunction(spy)))).toBe(true);
  });

  test("so do those without, of promises, of methods, and in maps", async () => {
    const [none, soon] = [vi.fn(), vi.fn().mockResolvedValue(4)];
    expect(await value(future(() => none()))).toBeUndefined();
    expect(await value(future(() => soon()))).toBe(4);
    const object = { triple: (x: number) => x };
    vi.spyOn(object, "triple").mockImplementation((x) => x * 3);
    expect(await value(future(() => object.triple(2)))).toBe(6);
    expect(
      await futureMap(
        [1, 2],
        vi.fn((x: number) => x * 2),
      ),
    ).toEqual([2, 4]);
  });

  test("import.meta.env and process.env are home's, stubbed or not", async () => {
    const look = (): unknown => [import.meta.env["MODE"], import.meta.env["DEV"], import.meta.env["STUB"], process.env["STUB"]];
    expect(await value(future(look))).toEqual(look());
    vi.stubEnv("STUB", "a");
    expect(await value(future(look))).toEqual(look());
    vi.unstubAllEnvs();
    expect(await value(future(look))).toEqual(look());
  });

  test("import() of TypeScript works where Node can, else says what to do", async () => {
    const imported = value(future(async () => (await import("./late.ts")).late));
    const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
    if (major > 22 || (major === 22 && minor >= 18)) expect(await imported).toBe(11);
    else await expect(imported).rejects.toThrow("Import it at the top of the file");
  });
});
