import { future, plan, value } from "futureplan";
class Field {
  n = 0;
  inc = () => ++this.n;
}
const cpu = () => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000;
for (const N of [10, 100, 1000, 1000, 10000]) {
  const cs = Array.from({ length: N }, () => new Field()),
    t = cpu();
  const f = future(
    () => {
      for (const c of cs) {
        c.inc();
        c.inc();
      }
      return cs.reduce((a, c) => a + c.n, 0);
    },
    { lazy: N !== 100, maxGlobalsSize: 1e9 },
  );
  console.log(N, "arrow fields:", Math.round(cpu() - t), "ms cpu");
  if (N === 100) console.log(await f, cs[0].n);
  const t2 = cpu();
  future(() => cs[0].inc(), { lazy: true, maxGlobalsSize: 1e9 });
  console.log("again", Math.round(cpu() - t2));
}
class K {
  k = 5;
  m() {
    return future(() => this.k, { lazy: true });
  }
}
for (let j = 0; j < 10; j++) {
  const t = cpu();
  for (let i = 0; i < 50; i++) new K().m();
  console.log("this", ((cpu() - t) / 50).toFixed(2));
}
console.log(await value(new K().m()));
