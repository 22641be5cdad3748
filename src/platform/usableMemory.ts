/** How many bytes of memory this process may use: the machine's, or what its cgroup leaves of it. */

import { totalmem } from "node:os";

export function usableMemory(): number {
  const limit = process.constrainedMemory();
  return limit === undefined || limit === 0 ? totalmem() : Math.min(limit, totalmem());
}
