/** Child processes with serialization 'advanced'. */
import * as threads from "./workerpool.mjs";

export const open = (options) => threads.open(options, { workerType: "process", forkOpts: { serialization: "advanced" } });
