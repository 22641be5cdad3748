/**
 * The lives of a pool's workers, on effect: one scope for the pool, one fibre for each worker in it. The fibre starts the
 * worker (again, if it dies before it is ready), then waits for its end; closing the scope ends them all.
 * Loaded by `LazyLifeCycle.ts` after workers have been opened; no future passes through here.
 */

import * as EffectClock from "effect/Clock";
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Schedule from "effect/Schedule";
import * as Scope from "effect/Scope";
import type { Clock } from "../../platform/clock.ts";
import type { Connection } from "./Connection.ts";
import { tooSlow, type StartFailure } from "./StartFailure.ts";

/** A worker as its life cycle sees it. */
export interface Startable {
  readonly name: string;
  /** Resolves with why its first connection failed, or with nothing. */
  readonly started: Promise<StartFailure | undefined>;
  /** The connection that was opened already, or a new one. */
  connect(): Connection;
  /** Whether another attempt is worth while. */
  wanted(): boolean;
  unstartable(failure: StartFailure): void;
}

export interface LifeCycle {
  keep(worker: Startable): void;
  /** Ends every worker; resolves when all are gone. */
  close(): Promise<void>;
}

/** Waits of 50 and 100 ms between three attempts. */
const attempts = Schedule.max([Schedule.exponential(50), Schedule.recurs(2)]);

export function openLifeCycle(clock: Clock, connectTimeout: number): LifeCycle {
  const scope = Scope.makeUnsafe("parallel");
  return {
    keep: (worker) => void Effect.runSync(Effect.forkIn(live(worker, clock, connectTimeout), scope)),
    close: () => Effect.runPromise(Scope.close(scope, Exit.void)),
  };
}

function live(worker: Startable, clock: Clock, connectTimeout: number): Effect.Effect<void> {
  // The process waits for the pause between attempts; during an attempt the channel holds it, if anything waits.
  const pausing = effectClock(clock, true);
  const watching = effectClock(clock, false);
  return Effect.acquireRelease(
    Effect.sync(() => worker.connect()),
    (connection) => Effect.promise(() => connection.kill()),
  ).pipe(
    Effect.tap((connection) => handshake(connection, worker.name, connectTimeout).pipe(Effect.provideService(EffectClock.Clock, watching))),
    Effect.flatMap((connection) => Effect.promise(() => connection.ended)),
    Effect.scoped,
    Effect.retry({ schedule: attempts, while: (failure) => failure.verdict === "retry" && worker.wanted() }),
    Effect.catch((failure) => Effect.sync(() => worker.unstartable(failure))),
    Effect.provideService(EffectClock.Clock, pausing),
  );
}

function handshake(connection: Connection, name: string, connectTimeout: number): Effect.Effect<void, StartFailure> {
  return Effect.promise(() => connection.started).pipe(
    Effect.timeoutOrElse({ duration: connectTimeout, orElse: () => Effect.sync(() => connection.expire(tooSlow(name, connectTimeout))) }),
    Effect.flatMap((failure) => (failure === undefined ? Effect.void : Effect.fail(failure))),
  );
}

/** Effect's view of our clock. */
function effectClock(clock: Clock, keepAlive: boolean): EffectClock.Clock {
  const nanoseconds = (): bigint => BigInt(clock.now()) * 1_000_000n;
  return {
    currentTimeMillisUnsafe: () => clock.now(),
    currentTimeMillis: Effect.sync(() => clock.now()),
    currentTimeNanosUnsafe: nanoseconds,
    currentTimeNanos: Effect.sync(nanoseconds),
    monotonicTimeNanosUnsafe: nanoseconds,
    monotonicTimeNanos: Effect.sync(nanoseconds),
    sleep: (duration) =>
      Effect.callback((resume) => {
        const timer = clock.after(Duration.toMillis(duration), () => resume(Effect.void), keepAlive);
        return Effect.sync(() => timer.cancel());
      }),
  };
}
