import { future } from "futureplan";
import { setTimeout as sleep } from "node:timers/promises";
class Poller { k = 2; constructor() { this.loop = this.poll(); } async poll() { for (;;) await sleep(50); } go() { return future(() => this.k * 2); } }
console.log(await new Poller().go().then((v) => v, (e) => e.message.split(" cannot")[0]));
const state = { k: 2, opened: Promise.reject(new Error("old failure")) }; state.opened.catch(() => {});
console.log(await future(() => state.k).then((v) => v, (e) => e.message)); process.exit();
// Prints:
// 4
// 2
