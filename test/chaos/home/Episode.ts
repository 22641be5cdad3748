/**
 * One episode: so many futures on one backend, while workers are killed, stopped and cut off, futures canceled and reset, plans switched
 * and shut down. What happens when is decided by the seed, counted in futures that have settled; how long things take is not.
 */

import { cancel, futureMap, outcome, plan, reset, shutdown, withPlan, type Future, type FutureOptions, type Outcome } from "futureplan";
import { getEventListeners } from "node:events";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { BackendName, EpisodeReport, HomeSettings } from "../types.ts";
import { Chance } from "./Chance.ts";
import { faults, type Fault } from "./faults.ts";
import { judge, type Verdict } from "./judge.ts";
import { describe, type Entry } from "./Entry.ts";
import { kinds, quickKinds } from "./kinds.ts";
import type { Kind, NaturalEnd } from "./Kind.ts";
import { mapCall } from "./mapCall.ts";
import { variant, type Variant } from "./plans.ts";
import { hasBegun, readStarts } from "./starts.ts";
import { wait } from "./wait.ts";

/** Futures that wait or run at the same time, at most. */
const crowd = 60;
/** Milliseconds without any settled future after which those that are left count as hung. */
const patience = 60_000;

/** Futures after which the kinds are chosen anew. */
const phase = 60;

export class Episode {
  readonly #backend: BackendName;
  readonly #seed: number;
  readonly #settings: HomeSettings;
  readonly #chance: Chance;
  readonly #book: string;
  readonly #entries: Entry[] = [];
  readonly #pending = new Set<Entry>();
  readonly #problems: string[] = [];
  readonly #counts = { lost: 0, doubled: 0, hung: 0, wrong: 0 };
  readonly #faults: Record<string, number> = {};
  readonly #ends: Record<string, number> = {};
  readonly #errands = new Set<Promise<void>>();
  #variant: Variant;
  #kinds: readonly Kind[] = kinds;
  /** Something has befallen a host: connections to it may break at any later time, those of other plans, too. */
  #isHit = false;
  #settledCount = 0;
  #wake: () => void = () => undefined;

  constructor(backend: BackendName, seed: number, settings: HomeSettings) {
    this.#backend = backend;
    this.#seed = seed;
    this.#settings = settings;
    this.#chance = new Chance(seed);
    this.#book = join(settings.directory, `starts-${backend}-${seed}`);
    this.#variant = this.#nextVariant();
  }

  async play(): Promise<Omit<EpisodeReport, "leaked">> {
    const began = performance.now();
    plan([...this.#variant.strata]);
    for (let number = 1; number <= this.#settings.futures; number++) {
      await this.#until(() => this.#pending.size < crowd);
      if (number % phase === 0) this.#kinds = this.#chance.of([kinds, quickKinds]);
      this.#submit(`${this.#backend}-${this.#seed}-${number}`);
      if (this.#chance.oneIn(4)) this.#interfere();
    }
    await this.#until(() => this.#pending.size === 0);
    if (this.#counts.hung === 0) await this.#end();
    const starts = this.#countStarts();
    return {
      backend: this.#backend,
      seed: this.#seed,
      futures: this.#entries.length,
      starts,
      ...this.#counts,
      faults: this.#faults,
      ends: this.#ends,
      problems: this.#problems,
      milliseconds: performance.now() - began,
    };
  }

  async #end(): Promise<void> {
    await Promise.all(this.#errands);
    await shutdown();
    for (const entry of this.#entries) await this.#askAgain(entry);
  }

  /** Waits for futures to settle until `met`; when none does for too long, those that are left are hung. */
  async #until(met: () => boolean): Promise<void> {
    while (!met()) {
      const before = this.#settledCount;
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((wake) => {
        this.#wake = wake;
        timer = setTimeout(wake, patience);
      });
      clearTimeout(timer);
      if (this.#settledCount === before) this.#giveUp();
    }
  }

  #giveUp(): void {
    for (const entry of this.#pending) {
      this.#counts.hung++;
      this.#problems.push(`hung: ${describe(entry)}, ${entry.future?.state ?? "map"}`);
    }
    this.#pending.clear();
  }

  #submit(key: string): void {
    if (this.#kinds !== quickKinds && this.#chance.oneIn(25)) return this.#submitMap(key);
    const { isolated, processes } = this.#variant;
    const possible = this.#kinds.filter(({ needs }) => needs === undefined || (needs === "isolated" ? isolated : processes));
    const kind: Kind = this.#chance.weighted(possible);
    const retries = this.#chance.of([0, 0, 0, 1, 3, 20]);
    const controller = this.#chance.oneIn(20) ? new AbortController() : undefined;
    const options: FutureOptions = {
      retries,
      ...(this.#chance.oneIn(3) && { label: key }),
      ...(this.#chance.oneIn(10) && { lazy: true }),
      ...(controller !== undefined && { signal: controller.signal }),
    };
    const made = kind.make({ key, book: this.#book, chance: this.#chance, options });
    const entry = this.#enter(key, kind.name, made.end, retries);
    entry.future = made.future;
    if (controller !== undefined) {
      entry.signal = controller.signal;
      entry.canRepeat = false; // once aborted, it is canceled each time
      this.#await(this.#laterStop(entry, () => controller.abort()));
    }
    this.#conclude(entry, outcome(made.future));
  }

  #submitMap(key: string): void {
    const { value, retries, ended } = mapCall(key, this.#book, this.#chance);
    const entry = this.#enter(key, "map", { type: "value", value }, retries);
    this.#conclude(entry, ended);
  }

  #enter(key: string, kind: string, end: NaturalEnd, retries: number): Entry {
    const entry: Entry = {
      key,
      kind,
      end,
      retries,
      variant: this.#variant,
      future: undefined,
      signal: undefined,
      launches: 1,
      canRepeat: true,
      stopped: false,
      exposed: this.#variant.together || (this.#isHit && this.#variant.strata[0].backend === "cluster"),
      outcome: undefined,
    };
    this.#entries.push(entry);
    this.#pending.add(entry);
    return entry;
  }

  #conclude(entry: Entry, ended: Promise<Outcome<unknown>>): void {
    void ended.then(async (end) => {
      entry.outcome = end;
      const verdict = await this.#judge(entry, end);
      if (entry.signal !== undefined && getEventListeners(entry.signal, "abort").length > 0)
        this.#report(entry, "wrong", "it still listens to its signal");
      if (verdict !== "right")
        this.#report(entry, verdict, `${end.status} ${"error" in end ? String(end.error) : JSON.stringify(end.value)}`);
      this.#ends[end.status] = (this.#ends[end.status] ?? 0) + 1;
      if (entry.future !== undefined && entry.canRepeat && this.#chance.oneIn(10)) return this.#again(entry, entry.future);
      this.#pending.delete(entry);
      this.#settledCount++;
      this.#wake();
    });
  }

  async #judge(entry: Entry, end: Outcome<unknown>): Promise<Verdict> {
    if (entry.end.type === "dependent" && end.status === "failed") {
      const on = await outcome(entry.end.on);
      if (on.status !== "finished" && on.error === end.error) return "right";
    }
    return judge(end, entry);
  }

  /** A future ends once: whoever asks later hears the same. */
  async #askAgain(entry: Entry): Promise<void> {
    const { future, outcome: first } = entry;
    if (future === undefined || first === undefined) return;
    const again = await outcome(future);
    const value = await future.then(
      (gives) => ({ gives }),
      (throws: unknown) => ({ throws }),
    );
    const same = isDeepStrictEqual(again, first) && ("throws" in value ? "error" in first && value.throws === first.error : true);
    if (!same) this.#report(entry, "wrong", `settled as ${first.status}, later ${again.status}`);
  }

  /** It is reset and runs once more. */
  #again(entry: Entry, future: Future<unknown>): void {
    this.#count("reset");
    entry.launches++;
    entry.stopped = false;
    reset(future);
    this.#conclude(entry, outcome(future));
  }

  #report(entry: Entry, verdict: Exclude<Verdict, "right"> | "doubled", what: string): void {
    this.#counts[verdict]++;
    this.#problems.push(`${verdict}: ${describe(entry)}: ${what}`);
  }

  #interfere(): void {
    const fault: Fault = this.#chance.weighted(faults.filter(({ needs }) => needs === undefined || needs(this.#variant, this.#settings)));
    this.#count(fault.name);
    const errand = fault.happen({
      chance: this.#chance,
      settings: this.#settings,
      hasBegun: (pid) => hasBegun(this.#book, pid),
      expose: (lasting) => this.#expose(lasting),
      stop: (interrupt) => this.#stopSome(interrupt),
      switchPlan: () => this.#switchPlan(),
      shutDown: () => this.#shutDown(),
      within: () => this.#within(),
    });
    if (errand instanceof Promise) this.#await(errand);
  }

  /** The episode does not end before. */
  #await(errand: Promise<void>): void {
    this.#errands.add(errand);
    void errand.finally(() => this.#errands.delete(errand));
  }

  #count(fault: string): void {
    this.#faults[fault] = (this.#faults[fault] ?? 0) + 1;
  }

  #expose(lasting: boolean): void {
    for (const entry of this.#pending) entry.exposed = true;
    this.#isHit ||= lasting;
  }

  #stopSome(interrupt: boolean): void {
    const futures = [...this.#pending].filter(({ future }) => future !== undefined);
    if (futures.length === 0) return;
    const entry = this.#chance.of(futures);
    if (entry.future === undefined) return;
    entry.stopped = true;
    cancel(entry.future, { interrupt });
  }

  async #laterStop(entry: Entry, stop: () => void): Promise<void> {
    await wait(this.#chance.integer(0, 30));
    entry.stopped = true;
    stop();
  }

  #nextVariant(): Variant {
    return variant(this.#backend, this.#chance, this.#settings.mark, this.#settings.hosts);
  }

  #switchPlan(): void {
    this.#variant = this.#nextVariant();
    plan([...this.#variant.strata]);
  }

  async #shutDown(): Promise<void> {
    for (const entry of this.#pending) entry.stopped = true;
    await shutdown();
  }

  /** Some futures under a plan of their own. */
  async #within(): Promise<void> {
    const inner = this.#nextVariant();
    const numbers = [1, 2, 3, 4];
    const result = await withPlan([...inner.strata], () => futureMap(numbers, (x) => x + 1, { retries: 20 })).catch(
      (error: unknown) => error,
    );
    const right = Array.isArray(result) && result.join() === "2,3,4,5";
    // A shutdown ends these, too.
    if (right || this.#faults["shutdown"] !== undefined) return;
    this.#counts.lost++;
    this.#problems.push(`lost: a map within withPlan: ${String(result)}`);
  }

  #countStarts(): number {
    const starts = readStarts(this.#book);
    const entries = new Map(this.#entries.map((entry) => [entry.key, entry]));
    let all = 0;
    for (const [key, count] of starts) {
      all += count;
      const entry = entries.get(key.split(":")[0] ?? "");
      if (entry === undefined) throw new Error(`the book of starts has ${key}, which nobody made`);
      const most = (entry.retries + 1) * entry.launches;
      if (count > most) this.#report(entry, "doubled", `${key} began ${count} times, at most ${most} were allowed`);
    }
    return all;
  }
}
