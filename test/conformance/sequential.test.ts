/** The conformance suite in this thread. */

import { sequential } from "futureplan";
import { conform } from "./support/conform.ts";

conform(sequential());
