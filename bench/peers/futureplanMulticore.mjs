/** Threads. */
import { openFutureplan } from "./openFutureplan.mjs";

export const open = ({ workers, perWorker }) => openFutureplan("multicore", { workers, concurrency: perWorker });
