/** An ordinary program with closures of every usual kind, run under each plan; the hosts all run this one. */

import { basename } from "node:path";
import { future, futureMap, futureReduce, plan, shutdown, value } from "futureplan";
import { sum } from "tally";
import { Basket, Parcel, discounted, rate } from "./prices.ts";

const factor = 2;

function twice(n: number): number {
  return n * factor;
}

async function round(name: "sequential" | "multicore" | "multisession"): Promise<string> {
  plan(name, name === "sequential" ? {} : { workers: 1 });
  const bonus = 1;
  const nested = (n: number): number => {
    const inner = (m: number): number => twice(m) + bonus;
    return inner(n);
  };
  const parcel = new Parcel(12);
  const imports = future(() => [rate, discounted(9), sum([1, 2, 3]), basename("/a/b.txt")].join(" "));
  const functions = future(async () => (await Promise.resolve(nested(4))) + [1, 2].map(twice).length);
  const classes = future(() => `${new Basket([3, 4]).total()} ${parcel.heavy} ${parcel instanceof Parcel}`);
  const home = future(() => new Parcel(3));
  const failing = future(() => {
    throw new RangeError("too far");
  });
  const error: unknown = await value(failing).catch((reason: unknown) => reason);
  const known = error instanceof RangeError && /work\.[jt]s|bundle/.test(error.stack ?? "");
  const back = await value(home);
  const folded = await futureReduce([1, 2, 3], (a, b) => a + b);
  const mapped = await value(future(() => futureMap([folded, 1], (n) => n * factor)));
  const draw = Math.random;
  const fed = (await futureMap([0, 1], (n) => (n === 0 ? Math.random() : draw()), { seed: 42 })).map((x) => x.toFixed(6));
  const parts = [
    await value(imports),
    await functions,
    await value(classes),
    `${back instanceof Parcel} ${back.heavy}`,
    known,
    mapped,
    fed,
  ];
  return `${name}: ${parts.join(" | ")}`;
}

export async function work(): Promise<string[]> {
  const lines = [await round("sequential"), await round("multicore"), await round("multisession")];
  await shutdown();
  return lines;
}
