/** This thread. */
import { openFutureplan } from "./openFutureplan.mjs";

export const open = () => openFutureplan("sequential");
