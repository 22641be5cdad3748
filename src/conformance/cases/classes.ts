/** Classes that home does not have: what futures make of them comes home as what it is, or is refused. */

import type { Case } from "../Case.ts";
import { define } from "../define.ts";
import { assert } from "../host/builtins.ts";
import { future, value } from "../../index.ts";

export const classesMadeThere: readonly Case[] = define("class", [
  {
    title: "instances of a class made in a future come home with it, errors too",
    run: async () => {
      const { Made, one } = await value(
        future(() => {
          const step = 2;
          class Inner {
            n = 1;
            up(): number {
              return this.n + step;
            }
          }
          return { Made: Inner, one: new Inner() };
        }),
      );
      assert.ok(one instanceof Made);
      assert.deepEqual([one.up(), new Made().up()], [3, 3]);
      const failed = future(() => {
        class Odd extends RangeError {
          code = "E_ODD";
        }
        throw new Odd("odd");
      });
      await assert.rejects(
        value(failed),
        (error) => error instanceof RangeError && error.constructor.name === "Odd" && Reflect.get(error, "code") === "E_ODD",
      );
    },
  },
  {
    title: "an instance with #private fields of a class made in a future comes home, methods and all",
    run: async () => {
      const f = future(() => [
        new (class Locked {
          #n = 1;
          get(): number {
            return this.#n;
          }
        })(),
      ]);
      assert.equal((await value(f))[0]?.get(), 1);
    },
  },
  {
    title: "a class made in a future keeps the parent that home has, and what home's code replaced as a prototype",
    run: async () => {
      class Base {
        two(): number {
          return 2;
        }
      }
      function Old(): void {}
      const replaced = { four: (): number => 4 };
      Old.prototype = replaced;
      const make = (): unknown => Reflect.construct(Old, []);
      const [sub, old] = await value(
        future(() => {
          class Sub extends Base {
            three(): number {
              return this.two() + 1;
            }
          }
          return [new Sub(), make()] as const;
        }),
      );
      assert.ok(sub instanceof Base && old instanceof Old);
      assert.equal(Object.getPrototypeOf(old), replaced);
      assert.deepEqual([sub.three(), sub.constructor.name], [3, "Sub"]);
    },
  },
  {
    title: "an error whose own class cannot travel is told as one of the class above, with all that it has",
    run: async () => {
      const failed = future(() => {
        const seen = new WeakRef({});
        class Odd extends RangeError {
          code = "E_ODD";
          isSeen(): boolean {
            return seen.deref() === this;
          }
        }
        throw new Odd("odd");
      });
      await assert.rejects(
        value(failed),
        (error) => error instanceof RangeError && error.name === "Odd" && error.message === "odd" && Reflect.get(error, "code") === "E_ODD",
      );
    },
  },
]);
