/** What tests of hosts wait for. */

import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "ssh2";
import type { Host } from "../startHosts.ts";

/** Not `once`: an error of the connection is no error here. */
export function closed(client: Client): Promise<void> {
  return new Promise((resolve) => client.once("close", resolve));
}

/** The pid of this command, once the host runs it. */
export async function findProcess(host: Host, command: string): Promise<number> {
  for (;;) {
    const one = (await host.pids()).find((process) => process.command === command);
    if (one !== undefined) return one.pid;
    await sleep(20);
  }
}
