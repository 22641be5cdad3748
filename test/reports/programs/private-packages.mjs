import { future } from "futureplan";
import { LRUCache } from "lru-cache";
import { Matrix, SymmetricMatrix } from "ml-matrix";
import pLimit from "p-limit";
import PQueue from "p-queue";
import QuickLRU from "quick-lru";

const limit = pLimit(2);
console.log(await future(() => Promise.all([1, 2, 3].map((x) => limit(async () => x * 2)))));
const queue = new PQueue({ concurrency: 2 });
console.log(await future(async () => [await Promise.all([1, 2, 3].map((x) => queue.add(async () => x * 2))), queue.concurrency]));
const cache = new LRUCache({ max: 10 });
cache.set("a", 1);
const back = await future(() => cache.set("b", { x: 2 }));
console.log(back.get("b"), back.size, cache.size, back instanceof LRUCache);
const recent = new QuickLRU({ maxSize: 3 });
recent.set("a", 1);
console.log(await future(() => [recent.get("a"), recent.size]));
const matrix = new Matrix([
  [1, 2],
  [2, 4],
]);
console.log(await future(() => matrix.mmul(matrix).to2DArray()));
const symmetric = new SymmetricMatrix(matrix);
console.log(await future(() => symmetric.isSymmetric()));
class Counted extends LRUCache {
  #hits = 0;
  get(key) {
    this.#hits++;
    return super.get(key);
  }
  get hits() {
    return this.#hits;
  }
}
const counted = new Counted({ max: 2 });
counted.set("x", 1);
console.log(await future(() => [counted.get("x"), counted.hits]));
const lasting = new LRUCache({ max: 10, ttl: 60_000 });
await future(() => lasting.get("a")).then(undefined, (error) => console.log(error.name, /workerLocal/.test(error.message)));
// Prints:
// [ 2, 4, 6 ]
// [ [ 2, 4, 6 ], 2 ]
// { x: 2 } 2 1 true
// [ 1, 1 ]
// [ [ 5, 10 ], [ 10, 20 ] ]
// true
// [ 1, 1 ]
// NotPortable true
