/** FixedClusterPool: processes, with serialization 'advanced'. */

import { fileURLToPath } from "node:url";
import { FixedClusterPool } from "poolifier";

const file = fileURLToPath(new URL("./workers/poolifierCluster.cjs", import.meta.url));

export async function open({ workers }) {
  const pool = new FixedClusterPool(workers, file, { settings: { serialization: "advanced" } });
  return {
    run: (task, args) => pool.execute(args, task),
    close: () => pool.destroy(),
  };
}
