/** A client of ssh2 for a test host, and a command over it: for the helper's own checks. */

import { readFile } from "node:fs/promises";
import ssh2 from "ssh2";
import type { Ran, Reach } from "./types.ts";

export async function connectTo({ address, port, user, keyFile }: Reach, options: ssh2.ConnectConfig = {}): Promise<ssh2.Client> {
  const privateKey = await readFile(keyFile);
  const client = new ssh2.Client();
  // Each command listens.
  client.setMaxListeners(0);
  return new Promise((resolve, reject) => {
    // Later errors show in "close" and in the commands that were running.
    client.on("error", reject);
    client.once("ready", () => resolve(client));
    client.connect({ host: address, port, username: user, privateKey, readyTimeout: 10_000, ...options });
  });
}

/** `code` is `null` when a signal ended the command; no end at all rejects. */
export function runOver(client: ssh2.Client, command: string): Promise<Ran> {
  return new Promise((resolve, reject) => {
    // A lost connection closes its channels too, but not those that are still being opened.
    const lost = (): void => reject(new Error(`the connection closed during ${command}`));
    client.once("close", lost);
    client.exec(command, (error, channel) => {
      if (error !== undefined) return reject(error);
      let [stdout, stderr] = ["", ""];
      let code: number | null | undefined;
      channel.on("data", (data: Buffer) => (stdout += data.toString()));
      channel.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
      // At once: the end may be in the packet that brought the channel.
      channel.on("exit", (status: number | null) => (code = status));
      channel.on("close", () => client.off("close", lost));
      channel.on("close", () =>
        code === undefined ? reject(new Error(`${command} has no exit status`)) : resolve({ code, stdout, stderr }),
      );
    });
  });
}
