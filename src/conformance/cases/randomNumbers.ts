/** Random numbers beyond `seed: 42`: what is fed, given streams, and what repeats a whole session. */

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { alike } from "./alike.ts";
import {
  future,
  futureForEach,
  futureGroupMap,
  futureMap,
  futureMapReduce,
  futureReplicate,
  OptionInvalid,
  RngMisuse,
  value,
} from "../../index.ts";
import { LecuyerCMRG, MT19937, PCG64, rng, setSeed } from "../../random.ts";

/** A package that takes it when it is loaded. */
const packaged = "data:text/javascript,const taken = Math.random; export const draw = () => taken();";

const drawn = (options: object): Promise<number[]> => futureMap([1, 2, 3], () => Math.random(), options);

/** R 4.2.2: RNGkind("L'Ecuyer-CMRG"); set.seed(s): .Random.seed[-1], then runif(3). */
const states = [
  [1280795612, -169270483, -442010614, -603558397, -222347416, 1489374793],
  [-2133391687, 507561766, 1260545903, 1362917092, -1772566379, -1344458670],
];
const uniform = [
  [0.6775328286287442, 0.4273457228876442, 0.9103805304875483],
  [0.17384558454153168, 0.5547400967650908, 0.48337712221370116],
];

export const feeding: readonly Case[] = define("random numbers", [
  {
    title: "what was taken of Math.random, at home or when a module was loaded, is fed",
    run: async () => {
      const expected = await futureMap([1, 2, 3], () => rng().random(), { seed: 7 });
      const taken = Math.random;
      await alike((options) => futureMap([1, 2, 3], () => taken(), { ...options, seed: 7 }), expected);
      const draw = async (): Promise<number> => {
        const module: { draw(): number } = await import(packaged);
        return module.draw();
      };
      await future(draw); // loaded by a future without a seed
      await alike((options) => futureMap([1, 2, 3], draw, { ...options, seed: 7 }), expected);
    },
  },
  {
    title: "Math.random passes for the intrinsic, and travels as it",
    run: async () => {
      const look = (): unknown => {
        const { value: own, ...flags } = Object.getOwnPropertyDescriptor(Math, "random") ?? {};
        const isConstructor = (): boolean => Reflect.construct(Object, [], Math.random) !== undefined;
        let constructs = true;
        try {
          constructs = isConstructor();
        } catch {
          constructs = false;
        }
        const isNative = /^function .*\(\) \{ \[native code\] \}$/.test(Function.prototype.toString.call(own));
        const names = Reflect.ownKeys(Math.random).map(String).toSorted();
        return [isNative, Math.random.name, Math.random.length, names, constructs, Math.random instanceof Function, flags];
      };
      const flags = { writable: true, enumerable: false, configurable: true };
      const expected = [true, "random", 0, ["length", "name"], false, true, flags];
      assert.deepEqual(look(), expected);
      assert.deepEqual(await future(look), expected);
      assert.deepEqual(await future(look, { seed: 1 }), expected);
      const same = (given: () => number): boolean => given === Math.random;
      assert.equal(await future(same, [Math.random]), true);
      assert.equal(await future(same, [Math.random], { seed: 1 }), true);
      assert.equal(await future(() => Math.random, { seed: 1 }), Math.random);
    },
  },
  {
    title: "inside a future with a seed, seed is true unless given; seed: false means none",
    run: async () => {
      const inside = (body: () => unknown, seed = 5): Promise<unknown> =>
        Promise.resolve(future(async () => [await body(), Math.random()], { seed }));
      const list = [1, 2, 3];
      const unseeded: readonly (() => unknown)[] = [
        () => future(() => Math.random()),
        () => futureMap(list, () => Math.random()),
        () => futureMap(list, () => future(() => Math.random())),
        () => futureReplicate(3, () => Math.random()),
        () =>
          futureGroupMap(
            list,
            (x) => x,
            () => rng().random(),
          ),
        () =>
          futureMapReduce(
            list,
            () => Math.random(),
            (a, b) => a + b,
          ),
      ];
      for (const body of unseeded) {
        assert.deepEqual(await inside(body), await inside(body), String(body));
        assert.notDeepEqual(await inside(body), await inside(body, 6), String(body));
      }
      const given = (seed: boolean | undefined) => (): unknown => futureMap(list, () => rng().random(), { seed });
      assert.deepEqual(await inside(given(undefined)), await inside(given(true)));
      await assert.rejects(inside(given(false)), RngMisuse);
      await futureForEach([1], () => future(() => rng().random()), { seed: 1 });
    },
  },
  {
    title: "a list of streams gives one to each element, from where it stands",
    run: async () => {
      const three = (): readonly number[] => [...rng().random(3)];
      await alike((options) => futureMap(["a", "b"], three, { ...options, seed: states }), uniform);
      const generators = [new LecuyerCMRG(1), new LecuyerCMRG(42)];
      await alike(
        (options) => futureMap(["a", "b"], () => [Math.random(), Math.random(), Math.random()], { ...options, seed: generators }),
        uniform,
      );
      assert.deepEqual(
        generators.map((each) => each.state),
        states,
      );
      const mixed = [new PCG64(1), new MT19937(2), new PCG64(3).state, new MT19937(4).state];
      const [first, second] = [new PCG64(1), new MT19937(2)];
      const expected = [first, second, new PCG64(3), new MT19937(4)].map((each) => [...each.normal(2)]);
      await alike((options) => futureMap([1, 2, 3, 4], () => [...rng().normal(2)], { ...options, seed: mixed }), expected);
      assert.deepEqual(await future(three, { seed: [new LecuyerCMRG(42)] }), uniform[1]);
      assert.deepEqual(await futureReplicate(2, three, { seed: states }), uniform);
    },
  },
  {
    title: "streams that are too few, too many or none are refused at the call",
    run: () => {
      const one = new LecuyerCMRG(1);
      assert.throws(
        () => futureMap([1, 2], (x) => x, { seed: [one] }),
        /"seed" of futureMap\(\) must be one stream for each of the 2 elements/,
      );
      assert.throws(() => future(() => 1, { seed: [one, one] }), OptionInvalid);
      assert.throws(() => futureMap([1], (x) => x, { seed: [[0, 0, 0, 1, 2, 3]] }), OptionInvalid);
      assert.throws(() => futureMap(new Set([1]).values(), (x) => x, { seed: [one] }), /known length/);
    },
  },
  {
    title: "setSeed repeats what seed: true and futureReplicate give, and refuses to be called in a future",
    run: async () => {
      const all = async (): Promise<unknown> => [
        await drawn({ seed: true }),
        await futureReplicate(2, () => Math.random()),
        await future(() => rng().random(), { seed: true }),
        await value([1, 2].map(() => future(() => rng().random(), { seed: true }))),
      ];
      setSeed(42);
      const first = await all();
      const other = await all();
      setSeed(42);
      assert.deepEqual(await all(), first);
      assert.notDeepEqual(other, first);
      setSeed(42);
      assert.deepEqual(await drawn({ seed: true }), await drawn({ seed: 42 }));
      await assert.rejects(value(future(() => setSeed(1))), RngMisuse);
      assert.throws(() => setSeed(0.5), OptionInvalid);
    },
  },
]);
