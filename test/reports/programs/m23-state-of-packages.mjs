// Instances that hide state: what can be found in the package's modules works, what cannot is refused by name.
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

const report = ({ name, message }) => `${name} ${/instance of (\w+) has #private fields/.exec(message)?.[1]} ${message.includes("workerLocal")}`;
const [cache, queue] = [new LRUCache({ max: 3 }), new PQueue()];
console.log("argument", await future((c) => c.size, [cache]).then(String, ({ message }) => message.includes("#private")));
console.log("capture", await future(() => queue.size).then(String, report));
console.log("result", await future(() => new PQueue()).then(String, report));
console.log("in a result", await future(() => ({ list: [new Map([["q", new PQueue()]])] })).then(String, report));

// Prints:
// axios ok
// undici ok
// argument true
// capture NotPortable PQueue true
// result NotPortable PQueue true
// in a result NotPortable PQueue true
