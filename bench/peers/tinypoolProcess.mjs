/** Child processes with serialization 'advanced'. */
import * as threads from "./tinypool.mjs";

export const open = (options) => threads.open(options, { runtime: "child_process", serialization: "advanced" });
