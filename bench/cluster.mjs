/** A cluster beside bare ssh2 on the same host, which is one of the tests' own (`test/services`). */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { connect as connectTo } from "node:net";
import { future, plan, shutdown, value } from "../dist/index.js";
import { startHosts } from "../test/services/startHosts.ts";
import { inTurn, timed } from "./median.mjs";

const { Client } = createRequire(import.meta.url)("../dist/ssh2.cjs");
const hosts = await startHosts({ count: 1 });
const [host] = hosts.list;
const privateKey = readFileSync(host.keyFile);

function connect() {
  return new Promise((resolve, reject) => {
    const client = new Client();
    const settings = {
      sock: connectTo({ host: host.address, port: host.port, noDelay: true }), // as ours
      username: host.user,
      privateKey,
      authHandler: ["publickey"],
    };
    client.once("error", reject).once("ready", () => resolve(client));
    client.connect({ ...settings, hostVerifier: () => true });
  });
}

const exec = (client, command) =>
  new Promise((resolve, reject) => client.exec(command, (error, channel) => (error === undefined ? resolve(channel) : reject(error))));
const event = (emitter, name) => new Promise((resolve) => emitter.once(name, resolve));
const end = (client) => (client.end(), event(client, "close"));
const row = (what, ours, raw, unit, ratio, budget) =>
  console.log(`| ${what} | ${ours.toFixed(2)} ${unit} | ${raw.toFixed(2)} ${unit} | ${ratio.toFixed(2)} | ${budget} |`);
const start = (workers) => plan("cluster", { workers: Array.from({ length: workers }, () => host.name), sshConfig: hosts.sshConfigFile });

console.log("| what | futureplan | bare ssh2 | ratio | budget |\n| --- | --- | --- | --- | --- |");

async function bareStart() {
  let client;
  const took = await timed(async () => {
    client = await connect();
    const channel = await exec(client, "node -e 0");
    channel.resume().stderr.resume();
    await event(channel, "close");
  });
  await end(client);
  return took;
}

async function firstWorker() {
  const took = await timed(() => {
    start(1);
    return value(future(() => 1));
  });
  await shutdown();
  return took;
}

async function channels(count) {
  let client;
  const took = await timed(async () => {
    client = await connect();
    await Promise.all(Array.from({ length: count + 1 }, () => exec(client, "exec cat")));
  });
  await end(client);
  return took;
}

const started = await inTurn(7, { ours: firstWorker, raw: bareStart, one: () => channels(1), eight: () => channels(8) });
row("first worker ready / connect and `node -e 0`", started.ours, started.raw, "ms", started.ours / started.raw, "≤ 1.3");
row("connection and channels of eight workers / of one", started.eight, started.one, "ms", started.eight / started.one, "≤ 1.5");

const client = await connect();
const echo = await exec(client, "exec node -e 'process.stdin.pipe(process.stdout)'");
const sink = await exec(
  client,
  `exec node -e 'let n = 0; process.stdin.on("data", (d) => { n += d.length; if (n === 50e6) { process.stdout.write("x"); n = 0; } })'`,
);
start(1);
const same = (x) => x;
const trips = 500;
const roundTrips = await inTurn(9, {
  ours: async () =>
    (await timed(async () => {
      for (let i = 0; i < trips; i += 1) await value(future(same, [i]));
    })) / trips,
  raw: async () =>
    (await timed(async () => {
      for (let i = 0; i < trips; i += 1) {
        const back = event(echo, "data");
        echo.write(Buffer.alloc(64));
        await back;
      }
    })) / trips,
});
row("round trip / echo of 64 bytes", roundTrips.ours, roundTrips.raw, "ms", roundTrips.ours / roundTrips.raw, "≤ 1.5");

const numbers = new Float64Array(6_250_000).map((_, i) => i);
let count = 0;
const large = await inTurn(7, {
  ours: async () => {
    const fresh = numbers.map((x) => x + ++count);
    return timed(() => value(future(() => fresh[5])));
  },
  raw: () =>
    timed(async () => {
      const done = event(sink, "data");
      sink.write(Buffer.from(numbers.buffer));
      await done;
    }),
});
row("50 MB `Float64Array` in a future / over a channel", large.ours, large.raw, "ms", large.raw / large.ours, "≥ 0.8 (throughput)");
await end(client);
await shutdown();
await hosts.stop();
