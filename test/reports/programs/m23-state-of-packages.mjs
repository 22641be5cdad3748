// Instances that hide state: what the package's modules and classes keep to themselves works there, and at home again.
import { future } from "futureplan";
import axios from "axios";
import { createServer } from "node:http";
import { once } from "node:events";
import { LRUCache } from "lru-cache";
import PQueue from "p-queue";
import { Agent, request } from "undici";

const server = createServer((_, answer) => answer.end("ok")).listen(0, "127.0.0.1");
await once(server, "listening");
const url = `http://127.0.0.1:${server.address().port}/`;
const api = axios.create({ baseURL: url, headers: { "x-a": "1" } });
console.log("axios", await future(() => api.get("/").then(({ data }) => data)));
const agent = new Agent();
const text = async () => {
  const { body } = await request(url, { dispatcher: agent });
  const read = await body.text();
  await agent.close();
  return read;
};
console.log("undici", await future(() => text()));
server.close();

const [cache, queue] = [new LRUCache({ max: 2 }), new PQueue({ concurrency: 1 })];
cache.set("a", 1);
cache.set("b", 2);
const back = await future((c) => (c.set("c", 3), c), [cache]);
console.log("argument", [...back.keys()], [...cache.keys()], back.set("d", 4).size);
console.log("capture", await future(() => queue.add(() => queue.pending)));
const made = await future(() => new PQueue({ concurrency: 3 }));
console.log("result", made instanceof PQueue, made.concurrency, await made.add(() => 5));
const deep = await future(() => ({ list: [new Map([["q", new PQueue()]])] }));
console.log("in a result", await deep.list[0].get("q").add(() => 6));

// Prints:
// axios ok
// undici ok
// argument [ 'c', 'b' ] [ 'b', 'a' ] 2
// capture 1
// result true 3 5
// in a result 6
