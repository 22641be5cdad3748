/** The conformance suite on processes. */

import { multisession } from "futureplan";
import { conform } from "./support/conform.ts";

conform(multisession({ workers: 2, oversubscribe: true }));
