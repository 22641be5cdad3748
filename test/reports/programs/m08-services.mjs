import { future, futureMap } from "futureplan";
import { setTimeout as sleep } from "node:timers/promises";
import PQueue from "p-queue";
import pLimit from "p-limit";

// A connection that opens in the background, a cache of promises, a queue whose tasks wait: as part of objects that a method's future uses.
class Client {
  constructor(name) { this.name = name; this.ready = this.open(); this.cache = new Map(); }
  async open() { await sleep(5); return { name: this.name }; }
  get(id) { if (!this.cache.has(id)) this.cache.set(id, sleep(1, id * 2)); return this.cache.get(id); }
  describe() { return future(() => this.name.toUpperCase()); }
  doubled(id) { const { name } = this; const found = this.get(id); return future(async () => `${name} ${await found}`); }
}
const client = new Client("db");
console.log(await client.describe().then((v) => v, (e) => e.message.split(":")[0]));
console.log(await client.doubled(4));
await client.ready;
console.log(await client.describe());
await Promise.all(client.cache.values());
console.log(await future(async () => [await client.ready, await client.cache.get(4)]));

const pages = [1, 2, 3].map((n) => sleep(n, { n }));
console.log(await futureMap(pages, async (page) => (await page).n * 10));
console.log(await future(async () => (await Promise.all(pages)).length));
const byName = new Map(pages.map((page, at) => [`page ${at}`, page]));
console.log(await future(async () => (await byName.get("page 2")).n));

const limit = pLimit(2), queue = new PQueue({ concurrency: 1 });
console.log(await Promise.all([1, 2, 3].map((n) => limit(() => future(() => n + 1)))));
console.log(await queue.addAll([1, 2].map((n) => () => future(() => n + 2))));
// Prints:
// DB
// db 8
// DB
// [ { name: 'db' }, 8 ]
// [ 10, 20, 30 ]
// 3
// 3
// [ 2, 3, 4 ]
// [ 3, 4 ]
