import { future, plan, value } from "futureplan";
import { PerformanceObserver } from "node:perf_hooks";
let gcs = 0;
new PerformanceObserver((l) => {
  for (const e of l.getEntries()) if (e.detail.kind === 4) gcs++;
}).observe({ entryTypes: ["gc"] });
class A {
  k = 1;
  m(lazy) {
    return future(() => this.k, { lazy });
  }
}
const count = Number(process.argv[2] ?? 1000);
const xs = [];
plan("multicore", { workers: 1 });
for (let i = 0; i < count; i++) {
  const a = new A();
  const t = performance.now();
  const f = a.m(false);
  xs.push(performance.now() - t);
  await f;
}
const chunk = count / 10;
for (let k = 0; k < count; k += chunk) {
  const x = xs.slice(k, k + chunk).sort((a, b) => a - b);
  console.log(k, "median", x[chunk >> 1].toFixed(2), "max", x.at(-1).toFixed(1));
}
console.log("major gcs", gcs, process.memoryUsage().heapUsed / 1e6);
