/** A way to run commands on one host; made by `sshClient.ts` and `sshProgram.ts`. */

import type { Readable, Writable } from "node:stream";

/** How a command ended. `cause`: the way to it was lost, or it could not be run. */
export interface RemoteEnd {
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
  readonly cause?: Error | undefined;
}

export interface RemoteProcess {
  readonly readable: Readable;
  readonly writable: Writable;
  readonly stderr: Readable;
  readonly ended: Promise<RemoteEnd>;
  /** Gives it up: its input ends, and nothing more is heard of it. */
  close(): void;
}

export interface Link {
  /** Resolves when it is no more. */
  readonly closed: Promise<void>;
  /** Rejects with `NoChannel` when there is no room for another. */
  exec(command: string): Promise<RemoteProcess>;
  /** Whether it keeps this process alive. */
  ref(): void;
  unref(): void;
  /** Ends it with all commands; `reason` is why they ended. */
  end(reason: Error | undefined): Promise<void>;
}
