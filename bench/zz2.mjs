import { future, plan } from "futureplan";
const counter = () => {
  let n = 0;
  return { inc: () => ++n, get: () => n };
};
for (const N of [10, 100, 1000, 1000, 1000, 10000]) {
  const cs = Array.from({ length: N }, counter),
    t = performance.now();
  const f = future(
    () => {
      for (const c of cs) c.inc();
      return cs[0].inc() + cs[cs.length - 1].get() + cs.reduce((a, c) => a + c.get(), 0);
    },
    { lazy: N !== 100, maxGlobalsSize: 1e9 },
  );
  console.log(N, "counters:", Math.round(performance.now() - t), "ms");
  if (N === 100) console.log(await f, cs[0].get(), cs[99].get());
  const t2 = performance.now();
  future(() => cs[0].inc(), { lazy: true, maxGlobalsSize: 1e9 });
  console.log("again", Math.round(performance.now() - t2));
}
