/** The conformance suite on threads. */

import { multicore } from "futureplan";
import { conform } from "./support/conform.ts";

conform(multicore({ workers: 2, oversubscribe: true }));
