/**
 * The places that workers take, and how many there are at present. Where workers are on other machines, a place whose worker could not be started rests
 * for a while, longer each time, and others are tried. On this machine places are all alike: there are fewer of them until none is left.
 */

import { LaunchError } from "../../errors/errors.ts";
import type { Clock, Timer } from "../../platform/clock.ts";
import type { CrewSettings } from "./Crew.ts";
import type { WorkerSeat } from "./PoolDefinition.ts";
import type { StartFailure } from "./StartFailure.ts";

/** Milliseconds that a place rests, at first and at last. */
const firstRest = 1000;
const longestRest = 60_000;

interface Rest {
  readonly timer: Timer;
  readonly failure: StartFailure;
}

/** Workers of one host fail for one reason. */
function keyOf({ cause, message }: StartFailure): string {
  return cause instanceof LaunchError ? cause.message : message;
}

/** All reasons, each once. */
function together(failures: readonly StartFailure[]): StartFailure | undefined {
  const each = new Map(failures.map((failure) => [keyOf(failure), failure]));
  const [first, ...more] = each.values();
  return first === undefined ? undefined : { ...first, message: [first, ...more].map(({ message }) => message).join("\n") };
}

export class Seats {
  readonly #settings: CrewSettings;
  readonly #size: number;
  readonly #clock: Clock;
  /** Called when a place can be tried again. */
  readonly #awake: () => void;
  readonly #resting = new Map<number, Rest>();
  /** Milliseconds that each rested last. */
  readonly #rests = new Map<number, number>();
  /** Of which failures there have been warnings. */
  readonly #told = new Set<string>();
  #limit: number;

  constructor(settings: CrewSettings, size: number, awake: () => void) {
    this.#settings = settings;
    this.#size = size;
    this.#clock = settings.clock;
    this.#limit = size;
    this.#awake = awake;
  }

  /** How many workers there may be now. */
  get limit(): number {
    return this.#limit - this.#resting.size;
  }

  /** The first that nobody has and that does not rest. */
  take(taken: Iterable<number>): WorkerSeat {
    const unavailable = new Set([...taken, ...this.#resting.keys()]);
    let number = 1;
    while (unavailable.has(number)) number++;
    const { definition, options } = this.#settings;
    return { name: definition.nameSeat?.(number) ?? `${definition.name}/${number}`, number, options };
  }

  /** Its worker is ready. */
  works(number: number): void {
    this.#rests.delete(number);
  }

  /** Its worker could not be started; so many others are there. Gives why what waits is to be refused, if it is. */
  fail(number: number, failure: StartFailure, others: number): StartFailure | undefined {
    const { capabilities, minWorkers = 1 } = this.#settings.definition;
    if (capabilities.remote) this.#rest(number, failure);
    else this.#limit = others;
    if (this.limit < minWorkers) {
      const failures = [...this.#resting.values()].map((rest) => rest.failure);
      this.reset();
      return together(failures.length === 0 ? [failure] : failures);
    }
    if (capabilities.remote) this.#warn(failure);
    return undefined;
  }

  /** No worker is left. */
  emptied(): void {
    this.#limit = this.#size;
  }

  /** All may be tried again. */
  reset(): void {
    this.emptied();
    for (const { timer } of this.#resting.values()) timer.cancel();
    this.#resting.clear();
    this.#told.clear();
  }

  #warn(failure: StartFailure): void {
    const key = keyOf(failure);
    if (this.#told.has(key)) return;
    this.#told.add(key);
    process.emitWarning(`${failure.message} Others work without it, and it is tried again by and by.`, {
      type: "FutureWarning",
      code: "FUTURE_WORKER_MISSING",
    });
  }

  #rest(number: number, failure: StartFailure): void {
    const milliseconds = Math.min((this.#rests.get(number) ?? firstRest / 2) * 2, longestRest);
    this.#rests.set(number, milliseconds);
    const timer = this.#clock.after(milliseconds, () => {
      this.#resting.delete(number);
      this.#awake();
    });
    this.#resting.set(number, { timer, failure });
  }
}
