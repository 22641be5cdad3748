/** One run of one future, as a backend sees it: a retry is another run. What happens to it is heard by `RunEvents`. */

import type { Encoded, Payload } from "../codec/Encoded.ts";
import type { MapChunk, OutputMode } from "../protocol/messages.ts";
import { currentSession } from "../session/currentSession.ts";
import type { Backend, Task } from "./Backend.ts";
import type { FutureCell } from "./FutureCell.ts";
import { rngWatch } from "./rngMisuse.ts";
import { RunEvents } from "./RunEvents.ts";

/** What is sent, and what is counted from one run to the next. */
export interface RunInit {
  readonly payload: Payload;
  readonly dependencies: readonly Encoded[];
  readonly attempt: number;
  /** How many workers had it and were lost before it began. */
  readonly unbegun: number;
}

export class Run implements Task {
  readonly id: number;
  readonly cell: FutureCell;
  /** It and the dependencies change only before it is submitted, when their values are known. */
  payload: Payload;
  dependencies: readonly Encoded[];
  readonly attempt: number;
  readonly unbegun: number;
  /** Its last event was heard; any other is ignored. */
  over = false;
  place: object | undefined = undefined;
  /** Who has it: a plan that was shut down and is used again has two for a while. */
  backend: Backend | undefined = undefined;
  #events: RunEvents | undefined;

  constructor(cell: FutureCell, { payload, dependencies, attempt, unbegun }: RunInit) {
    const session = currentSession();
    session.count += 1;
    this.id = session.count;
    this.cell = cell;
    this.payload = payload;
    this.dependencies = dependencies;
    this.attempt = attempt;
    this.unbegun = unbegun;
  }

  /** Made when something happens: nothing does to those that wait. */
  get events(): RunEvents {
    this.#events ??= new RunEvents(this);
    return this.#events;
  }

  submitTo(backend: Backend): void {
    this.backend = backend;
    backend.submit(this);
  }

  /** Runs the same again. */
  repeat(attempt: number, unbegun: number): void {
    const { cell, payload, dependencies } = this;
    cell.run = new Run(cell, { payload, dependencies, attempt, unbegun });
    cell.plan.resubmit(cell.run, this.backend);
  }

  get future(): string {
    return this.cell.id;
  }

  get label(): string | undefined {
    return this.cell.settings.label;
  }

  get index(): undefined {
    return undefined; // a chunk has many, and says so itself
  }

  get output(): OutputMode {
    return this.cell.settings.output;
  }

  get modules(): readonly string[] {
    return this.cell.modules;
  }

  get seed(): unknown {
    const { settings, plan } = this.cell;
    return typeof settings.seed === "object" ? settings.seed : rngWatch(plan.spec);
  }

  get map(): MapChunk | undefined {
    return this.cell.chunk?.map;
  }

  get timeout(): number | undefined {
    return this.cell.settings.timeout;
  }
}
