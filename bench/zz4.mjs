import { future, plan, value } from "futureplan";
const cpu = () => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000;
class K {
  k = 5;
  m() {
    return future(() => this.k, { lazy: true });
  }
}
for (let j = 0; j < 12; j++) {
  let t = cpu(),
    g = 0;
  for (let i = 0; i < 100; i++) {
    new K().m();
    const u = cpu();
    await new Promise(setImmediate);
    g += cpu() - u;
  }
  t = cpu() - t;
  console.log("this", ((t - g) / 100).toFixed(2), "between", (g / 100).toFixed(2));
}
