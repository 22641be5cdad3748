import { createServer } from "node:http";
import { inspect } from "node:util";
import { future, futureMap, LeftOut } from "futureplan";
import axios from "axios";
import got from "got";
import { errors, fetch as undiciFetch, request } from "undici";

const server = createServer((asked, answer) => {
  if (asked.url === "/cut") return asked.socket.destroy();
  answer.writeHead(503, { "content-type": "application/json", "retry-after": "7" });
  answer.end(JSON.stringify({ why: "busy" }));
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const url = `http://127.0.0.1:${server.address().port}`;
const failure = (f) => f.then(() => "no error", (error) => error);

const viaAxios = await failure(future(() => axios.get(`${url}/`)));
console.log(viaAxios.message, viaAxios.code, axios.isAxiosError(viaAxios), viaAxios.response.status, viaAxios.response.data, viaAxios.response.headers["retry-after"]);
console.log(viaAxios.config.method, viaAxios.request instanceof LeftOut, viaAxios.request.path, viaAxios.response.request === viaAxios.request);
console.log(/request: LeftOut \{\s+leftOut: 'a ClientRequest cannot leave this process'/.test(inspect(viaAxios)));
const cut = await failure(future(() => axios.get(`${url}/cut`)));
console.log(cut.code, axios.isAxiosError(cut), cut.cause.code);

const viaGot = await failure(future(() => got(url, { retry: { limit: 0 } })));
console.log(viaGot.name, viaGot.code, viaGot.response.statusCode, viaGot.response.body, viaGot.response.headers["retry-after"], viaGot.options.method ?? viaGot.options._internals.method);

const viaRequest = await failure(future(() => request(`${url}/cut`)));
console.log(viaRequest.code, viaRequest.message);
const viaFetch = await failure(future(() => undiciFetch(`${url}/cut`)));
console.log(viaFetch instanceof TypeError, viaFetch.message, viaFetch.cause.code);

const viaResponse = await failure(future(async () => { throw Object.assign(new Error("not ok"), { response: await fetch(url) }); }));
console.log(viaResponse.response.status, viaResponse.response.ok, viaResponse.response.headers.get("retry-after"));

const collected = await failure(futureMap(["/", "/cut"], (path) => axios.get(url + path), { onError: "collect" }));
console.log(collected.errors.map((error) => [error.code, error.response?.status, error.index]));
server.closeAllConnections();
server.close();
// Prints:
// Request failed with status code 503 ERR_BAD_RESPONSE true 503 { why: 'busy' } 7
// get true / true
// true
// ECONNRESET true ECONNRESET
// HTTPError ERR_NON_2XX_3XX_RESPONSE 503 {"why":"busy"} 7 GET
// UND_ERR_SOCKET other side closed
// true fetch failed UND_ERR_SOCKET
// 503 false 7
// [ [ 'ERR_BAD_RESPONSE', 503, 0 ], [ 'ECONNRESET', undefined, 1 ] ]
