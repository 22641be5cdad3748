/**
 * A map under way: takes pieces from its source, keeps a bounded number of them with the plan, and hands what they give to
 * its sink. The error with the lowest index wins; what comes after it is canceled, what comes before it still runs.
 */

import type { MapChunk } from "../../protocol/messages.ts";
import { FutureError } from "../../errors/FutureError.ts";
import { FutureInterrupted, FutureTimeout, ProtocolMismatch } from "../../errors/errors.ts";
import { futureName, interruptedText, misfitText } from "../../errors/words.ts";
import { cancelCell } from "../cancelCell.ts";
import { placeOf, type CallSite } from "../../platform/callSite.ts";
import { FutureCell, type Capture } from "../FutureCell.ts";
import type { FutureSettings } from "../FutureOptions.ts";
import type { Settled } from "../FutureState.ts";
import { settle } from "../launch.ts";
import { seedOfElements } from "../seeds.ts";
import type { OpenPlan } from "../OpenPlan.ts";
import { elementOf, finishOwnError, finishUserError } from "../trace.ts";
import { currentSession } from "../../session/currentSession.ts";
import { isValueList, partsOf, writtenBy, type Piece } from "./Piece.ts";
import type { ProgressMeter } from "./ProgressMeter.ts";
import { indexOf, indicesOf, lowestIndex, spanOf, type Work, type WorkSource } from "./Work.ts";

export interface IndexedError {
  readonly index: number;
  readonly error: unknown;
}

export interface MapInit {
  readonly plan: OpenPlan;
  readonly source: WorkSource;
  readonly settings: FutureSettings;
  readonly modules: readonly string[];
  readonly site: CallSite;
  /** What all chunks have in common. */
  readonly chunk: Omit<MapChunk, "first" | "indices" | "progress" | "fresh">;
  /** Each chunk gives one value. */
  readonly reduces: boolean;
  /** How many pieces may be with the plan or unread by the sink. */
  readonly window: number;
  readonly meter: ProgressMeter | undefined;
  readonly sink: {
    take(piece: Piece): void;
    /** Pieces that it holds back. */
    readonly held: number;
  };
}

interface Active {
  readonly number: number;
  readonly work: Work;
  readonly lowest: number;
  readonly cell: FutureCell;
}

export class MapRun {
  readonly #init: MapInit;
  readonly #number = nextNumber();
  readonly #active = new Set<Active>();
  readonly #end: Promise<void>;
  #resolve: () => void = () => undefined;
  #taken = 0;
  #reading = false;
  #exhausted = false;
  /** What is still to come from the source does not matter. */
  #abandoned = false;
  #pumping = false;
  #failure: IndexedError | undefined;
  /** With `onError: "collect"`. */
  readonly #collected: IndexedError[] = [];

  constructor(init: MapInit) {
    this.#init = init;
    this.#end = new Promise((resolve) => (this.#resolve = resolve));
  }

  /** Begins; resolves when everything has ended. */
  async run(): Promise<void> {
    const { signal } = this.#init.settings;
    const abort = (): void => this.#abort();
    this.pump();
    signal?.addEventListener("abort", abort, { once: true });
    await this.#end;
    signal?.removeEventListener("abort", abort);
    this.#init.meter?.finish();
  }

  /** Nothing failed or was stopped: no worker looks at the elements any more. */
  release(): void {
    if (this.#init.settings.signal?.aborted !== true) this.#init.source.release();
  }

  /** The error that wins. */
  get failure(): IndexedError | undefined {
    return this.#failure;
  }

  get errors(): readonly IndexedError[] {
    return this.#collected.toSorted((a, b) => a.index - b.index);
  }

  /** Nothing more begins; what runs is interrupted. */
  stop(): void {
    this.#exhaust();
    for (const { cell } of this.#active) cancelCell(cell, true);
    this.#settleIfOver();
  }

  /** What runs fails with the abort, too; where nothing does, the map itself. */
  #abort(): void {
    if (this.#exhausted && this.#active.size === 0) return;
    this.stop();
    const { settings, site } = this.#init;
    const { label, signal } = settings;
    const number = this.#number;
    const name = futureName(label, number, placeOf(site), "map");
    const error = new FutureInterrupted(interruptedText({ name, canReset: false }, "cancel"), { label, cause: signal?.reason });
    this.#fail({ index: Infinity, error: finishOwnError(error, { settings, number, site, chunk: undefined }) });
  }

  /** The sink has room again. */
  pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    while (!this.#exhausted && !this.#reading && this.#active.size + this.#init.sink.held < this.#init.window) this.#takeNext();
    this.#pumping = false;
    this.#settleIfOver();
  }

  #takeNext(): void {
    const number = this.#taken++;
    let next: Work | undefined | Promise<Work | undefined>;
    try {
      next = this.#init.source.next();
    } catch (error) {
      return this.#breakOff(error);
    }
    if (!(next instanceof Promise)) return this.#start(number, next);
    this.#reading = true;
    next.then(
      (work) => {
        this.#reading = false;
        if (this.#abandoned) return;
        this.#start(number, work);
        this.pump();
      },
      (error) => {
        this.#reading = false;
        if (this.#abandoned) return;
        this.#breakOff(error);
        this.pump();
      },
    );
  }

  /** The source threw: after everything that it gave. */
  #breakOff(error: unknown): void {
    this.#exhausted = true;
    this.#fail({ index: Infinity, error });
  }

  #start(number: number, work: Work | undefined): void {
    if (work === undefined) {
      this.#exhausted = true;
      return;
    }
    const lowest = lowestIndex(work);
    if (this.#failure !== undefined && lowest > this.#failure.index) return;
    const cell = this.#makeCell(number, work);
    const active: Active = { number, work, lowest, cell };
    this.#active.add(active);
    const { meter } = this.#init;
    if (meter !== undefined && cell.chunk !== undefined) cell.chunk.onProgress = (fraction) => meter.report(number, fraction * work.count);
    void settle(cell).then((settled) => this.#settled(active, settled));
  }

  #makeCell(position: number, work: Work): FutureCell {
    const { settings, modules, plan, site, chunk, meter } = this.#init;
    const { first, indices } = work;
    const { capture, fresh } = freeze(work);
    const seed = seedOfElements(settings.seed, indicesOf(work));
    const cell = new FutureCell({
      number: this.#number,
      settings: seed === settings.seed ? settings : { ...settings, seed },
      modules,
      plan,
      site,
      capture,
      chunk: {
        position,
        map: { ...chunk, first, indices, progress: meter !== undefined, fresh },
        span: spanOf(work),
        report: undefined,
        onProgress: undefined,
      },
    });
    if (capture._tag === "refused" && capture.error instanceof FutureError) finishOwnError(capture.error, cell);
    return cell;
  }

  #settled(active: Active, settled: Settled): void {
    const { cell, work, number } = active;
    this.#active.delete(active);
    const { chunk, started, finished } = cell;
    if (started !== undefined && finished !== undefined) this.#init.source.measured(work.count, Math.max(0, finished - started));
    this.#init.meter?.end(number, work.count);
    const taken =
      settled._tag === "finished"
        ? (this.#values(settled.value, active, chunk?.report?.failed ?? []) ?? this.#broken(active, misfit(cell)))
        : this.#broken(active, settled);
    this.#init.sink.take({ number, work, ...taken, output: writtenBy(cell, work) });
    this.pump();
  }

  /** `undefined`: they are not those of this work. */
  #values(value: unknown, { work, cell }: Active, failed: readonly number[]): Pick<Piece, "values" | "failed"> | undefined {
    const { chunk, reduces } = this.#init;
    const { values, errors } = failed.length === 0 ? { values: value, errors: failed } : partsOf(value);
    const [end] = chunk.onError === "end" ? failed : [];
    const length = chunk.discard ? 0 : reduces ? 1 : (end ?? work.count);
    if (!isValueList(values) || values.length !== length || errors.length !== failed.length) return undefined;
    if (failed.some((position) => position >= work.count)) return undefined;
    const indexed = failed.map((position, at) => ({ index: indexOf(work, position), error: errors[at] }));
    if (end === undefined) this.#collected.push(...indexed);
    else for (const each of indexed) this.#fail({ ...each, error: finishUserError(each.error, cell) });
    return { values, failed };
  }

  #broken({ work, lowest, cell }: Active, settled: Exclude<Settled, { _tag: "finished" }>): Pick<Piece, "values" | "failed"> {
    const indexed: IndexedError = { index: elementOf(cell) ?? lowest, error: settled.error };
    const own = settled._tag === "failed" || settled.error instanceof FutureTimeout;
    if (this.#init.chunk.onError === "collect" && own) this.#collected.push(indexed);
    else this.#fail(indexed);
    return { values: [], failed: Array.from({ length: work.count }, (_, position) => position) };
  }

  #fail(indexed: IndexedError): void {
    if (this.#failure !== undefined && this.#failure.index <= indexed.index) return;
    this.#failure = indexed;
    for (const { cell, lowest } of this.#active) if (lowest > indexed.index) cancelCell(cell, true);
    // What comes of unknown length comes in order: all of it is behind the error.
    if (this.#init.source.total === undefined && indexed.index !== Infinity) this.#exhaust();
  }

  /** Nobody waits for a source that may be waiting itself. */
  #exhaust(): void {
    this.#exhausted = true;
    this.#abandoned = true;
    this.#init.source.end();
  }

  #settleIfOver(): void {
    if (!this.#exhausted || (this.#reading && !this.#abandoned) || this.#active.size > 0) return;
    this.#init.source.end();
    this.#resolve();
  }
}

function nextNumber(): number {
  const session = currentSession();
  session.futures += 1;
  return session.futures;
}

/** What came for a chunk was taken apart without an error, but is not what a chunk gives. */
function misfit(cell: FutureCell): Exclude<Settled, { _tag: "finished" }> {
  return { _tag: "failed", error: finishOwnError(new ProtocolMismatch(misfitText(cell.name), { label: cell.settings.label }), cell) };
}

function freeze(work: Work): { readonly capture: Capture; readonly fresh: boolean } {
  try {
    const snapshot = work.freeze();
    return { capture: snapshot, fresh: snapshot.writes };
  } catch (error) {
    return { capture: { _tag: "refused", error }, fresh: false };
  }
}
