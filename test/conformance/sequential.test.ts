import { sequential } from "futureplan";
import { conform } from "./support/conform.ts";

conform(sequential());
