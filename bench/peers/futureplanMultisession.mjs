/** Processes. */
import { openFutureplan } from "./openFutureplan.mjs";

export const open = ({ workers, perWorker }) => openFutureplan("multisession", { workers, concurrency: perWorker });
