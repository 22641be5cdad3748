/** Two futures, one answer each. */
import { future, plan, value } from "futureplan";

plan("multicore", { workers: 2 });
await value([0, 1].map((index) => future(() => index)));
