/** What each mode gives to `startHosts`. */

import type { Host, Verb } from "./types.ts";

export interface Opened {
  readonly hosts: readonly Host[];
  readonly clientAddress: string;
  /** What this mode has besides the verbs that all have. */
  readonly verbs: readonly Verb[];
  stop(): Promise<void>;
}
