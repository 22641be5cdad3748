/** A test process that dies: starts hosts in the mode of its argument, leaves a program running on one, tells what there is, and waits. */

import { startHosts, type Mode } from "../startHosts.ts";
import { connectTo } from "../sshClient.ts";
import { findProcess } from "./waiting.ts";

const hosts = await startHosts({ mode: process.argv[2] as Mode, count: 2 });
const [host] = hosts.list;
if (host === undefined) throw new Error("there is no host");
const client = await connectTo(host);
// Ignores the end of its input, as a program that hangs would.
client.exec("exec sleep 1000", () => undefined);
await findProcess(host, "sleep 1000");
process.stdout.write(`${JSON.stringify({ directory: hosts.directory, address: host.address })}\n`);
setInterval(() => undefined, 1000);
