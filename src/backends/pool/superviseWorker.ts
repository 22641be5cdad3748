/** A worker's life: started, started again when it dies before it is ready, then waited for until it ends. */

import type { Clock } from "../../platform/clock.ts";
import type { Connection } from "./Connection.ts";
import { tooSlow, type StartFailure } from "./StartFailure.ts";

/** A worker as its supervision sees it. */
export interface Supervised {
  readonly name: string;
  /** Makes a new connection. */
  connect(): Connection;
  /** Whether another attempt is worth while. */
  wanted(): boolean;
  unstartable(failure: StartFailure): void;
}

export interface Supervision {
  /** Resolves when the worker is gone. */
  readonly over: Promise<void>;
  /** Ends the worker; resolves when it is gone. */
  end(): Promise<void>;
}

/** Milliseconds before the second and the third attempt. */
const pauses = [50, 100];

/** Makes the first connection at once. `connectTimeout`: milliseconds from opening a connection until the worker is ready. */
export function superviseWorker(worker: Supervised, clock: Clock, connectTimeout: number): Supervision {
  let connection = worker.connect();
  let isEnding = false;
  let endPause = (): void => {};

  const live = async (): Promise<void> => {
    for (let attempt = 0; ; attempt++) {
      const failure = await shakeHands(connection, worker.name, clock, connectTimeout);
      if (failure === undefined) await connection.ended;
      await connection.kill(); // a channel that was cut may have a worker behind it
      if (failure === undefined) return undefined;
      const pause = pauses[attempt];
      if (isEnding) return undefined;
      if (failure.verdict !== "retry" || pause === undefined || !worker.wanted()) return worker.unstartable(failure);
      await new Promise<void>((resolve) => {
        const timer = clock.after(pause, resolve, true); // nothing else may hold the process meanwhile
        endPause = (): void => {
          timer.cancel();
          resolve();
        };
      });
      if (isEnding) return undefined;
      connection = worker.connect();
    }
  };

  const over = live();
  const end = async (): Promise<void> => {
    isEnding = true;
    endPause();
    await connection.kill();
    await over;
  };
  return { over, end };
}

/** Why the worker could not be started; `undefined`: it is ready, or was killed. While this lasts the channel holds the process, if anything waits for it. */
async function shakeHands(connection: Connection, name: string, clock: Clock, connectTimeout: number): Promise<StartFailure | undefined> {
  const timer = clock.after(connectTimeout, () => connection.expire(tooSlow(name, connectTimeout)));
  const failure = await connection.started;
  timer.cancel();
  return failure;
}
