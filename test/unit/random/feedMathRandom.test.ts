/** What stands for `Math.random`, beside spies and mocks that others put there. The front door has put it there for this realm. */

import { afterEach, describe, expect, test, vi } from "vitest";
import { future, plan, shutdown } from "../../../src/index.ts";
import { feedMathRandom } from "../../../src/random/feedMathRandom.ts";
import { currentSession } from "../../../src/session/currentSession.ts";

/** R 4.2.2: value(future(runif(1), seed = 42L)). */
const first = 0.48943377235024815;
const standing = Math.random;

afterEach(async () => {
  vi.restoreAllMocks();
  Math.random = standing;
  await shutdown();
});

describe("a mock of Math.random at home", () => {
  test("holds outside futures with seeds, and afterwards", async () => {
    plan("sequential");
    const spy = vi.spyOn(Math, "random").mockReturnValue(0.5);
    const during = future(async () => [Math.random(), await Promise.resolve(), Math.random()], { seed: 42 });
    const [drawn] = await during;
    expect(drawn).toBe(first);
    expect([Math.random(), Math.random === spy]).toEqual([0.5, true]);
    expect(await future(() => Math.random())).toBe(0.5);
  });

  test("is asked by what runs beside a future with a seed", async () => {
    plan("sequential");
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    let goOn = (): void => undefined;
    const waited = new Promise<void>((resolve) => (goOn = resolve));
    const running = future((gate) => Promise.resolve(gate).then(() => Math.random()), [waited], { seed: 42 });
    expect(Math.random()).toBe(0.5);
    goOn();
    expect(await running).toBe(first);
  });

  test("may call what it found, in any order", async () => {
    plan("sequential");
    const spy = vi.spyOn(Math, "random"); // calls the original
    const nested = future(
      () => {
        const found = Math.random;
        Math.random = () => found();
        return Math.random();
      },
      { seed: 42 },
    );
    expect(await nested).toBe(first);
    expect(await future(() => Math.random(), { seed: 42 })).toBe(first);
    const number = Math.random();
    expect(number >= 0 && number < 1).toBe(true);
    expect(spy).toBeDefined();
  });

  test("that is taken away while a future with a seed runs leaves what stands there", async () => {
    plan("sequential");
    const spy = vi.spyOn(Math, "random").mockReturnValue(0.5);
    const [feeder] = currentSession().feeders;
    const draw = (): number => 0.25;
    feeder?.enter(draw, true);
    spy.mockRestore();
    expect([Math.random(), Math.random === standing]).toEqual([0.25, true]);
    feeder?.leave(draw, true);
    expect(Math.random).toBe(standing);
  });
});

describe("feeding", () => {
  test("is put into a realm once, by whoever comes first", () => {
    const [before] = currentSession().feeders;
    feedMathRandom(globalThis);
    expect([...currentSession().feeders]).toEqual([before]);
    expect(before?.functions).toContain(standing);
  });

  test("asks the stream only of who has entered", () => {
    const realm = { Math: { random: () => 0.5 }, Function };
    feedMathRandom(realm);
    const feeder = [...currentSession().feeders].at(-1);
    if (feeder === undefined) throw new Error("no feeder");
    const draw = (): number => 0.25;
    const nothing = (): undefined => undefined;
    feeder.enter(nothing, false);
    expect(realm.Math.random()).toBe(0.5);
    feeder.enter(draw, true);
    expect(realm.Math.random()).toBe(0.25);
    feeder.leave(draw, true);
    feeder.leave(nothing, false);
    expect(realm.Math.random()).toBe(0.5);
    currentSession().feeders.delete(feeder);
  });

  test("leaves a frozen Math alone until a future with a seed needs it", () => {
    const realm = { Math: Object.freeze({ random: () => 0.5 }), Function };
    feedMathRandom(realm);
    const feeder = [...currentSession().feeders].at(-1);
    if (feeder !== undefined) currentSession().feeders.delete(feeder);
    expect(realm.Math.random()).toBe(0.5);
    expect(() => feeder?.enter(() => 0.25, true)).toThrow(TypeError);
    feeder?.enter(() => 0.25, false);
    expect(realm.Math.random()).toBe(0.5);
  });
});
