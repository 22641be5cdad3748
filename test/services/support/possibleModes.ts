/** The modes that this machine has, best first. */

import { startHosts, type Mode } from "../startHosts.ts";

const modes: readonly Mode[] = ["namespaces", "loopback", "inprocess"];

export async function possibleModes(): Promise<Mode[]> {
  const possible: Mode[] = [];
  for (const mode of modes) {
    const why = await startHosts({ mode, count: 1 }).then(
      (hosts) => hosts.stop().then(() => possible.push(mode)),
      (error: Error) => error.message,
    );
    if (typeof why === "string") console.log(why);
  }
  return possible;
}
