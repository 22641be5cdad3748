import { future, outcome, shutdown } from "futureplan";
import { inspect } from "node:util";
import axios from "axios";
import got from "got";
import { request, fetch as ufetch } from "undici";
import { server, url } from "/tmp/srv.mjs";
process.on("warning", (w) => console.log("WARN", w.message));
const show = async (name, fn) => {
  const t = performance.now();
  const { error } = await outcome(fn());
  console.log("=====", name, Math.round(performance.now() - t), "ms");
  console.log(inspect(error, { depth: 2 }).slice(0, 3500));
  return error;
};
let e = await show("axios", () => future(() => axios.get(url)));
console.log(e.constructor === axios.AxiosError, e.code, axios.isAxiosError(e), e.response?.status, e.response?.data);
e = await show("axios refused", () => future(() => axios.get("http://127.0.0.1:1/")));
console.log(e.constructor.name, e.code, axios.isAxiosError(e));
e = await show("got", () => future(() => got(url, { retry: { limit: 0 } })));
console.log(e.constructor.name, e.name, e.code, e.response?.statusCode, e.response?.body, e.response?.headers);
e = await show("undici", () => future(() => request("http://127.0.0.1:1/")));
console.log(e.constructor.name, e.code);
e = await show("undici fetch", () => future(() => ufetch("http://127.0.0.1:1/")));
console.log(e.constructor.name, e.cause?.code);
e = await show("fetch response", () =>
  future(async () => {
    const response = await fetch(url);
    throw Object.assign(new Error("bad"), { response });
  }),
);
server.close();
await shutdown();
