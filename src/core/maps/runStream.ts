/** A map whose values are taken one by one: no more pieces are under way or unread than its window allows. */

import { relayAll } from "../relay.ts";
import { MapRun } from "./MapRun.ts";
import type { Piece } from "./Piece.ts";
import { lowestIndex } from "./Work.ts";
import { beginMap, throwErrors } from "./runMap.ts";
import type { MapRequest } from "./startMap.ts";

/** Throws `OptionInvalid` at once; the run begins with the first value that is asked for. */
export function runStream(request: MapRequest, ordered: boolean): AsyncGenerator<unknown, void, undefined> {
  const started = beginMap(request);
  if (started instanceof Promise) return refused(started);
  const queue = new PieceQueue(ordered);
  const { chunk } = started.init;
  const onError = chunk.onError === "stop" ? "end" : chunk.onError;
  return stream(new MapRun({ ...started.init, chunk: { ...chunk, onError }, sink: queue }), queue);
}

// oxlint-disable-next-line require-yield -- a stream that has nothing to give
async function* refused(reason: Promise<never>): AsyncGenerator<never, void, undefined> {
  await reason;
}

async function* stream(run: MapRun, queue: PieceQueue): AsyncGenerator<unknown, void, undefined> {
  let over = false;
  const end = run.run().then(() => {
    over = true;
    queue.wake();
  });
  try {
    for (;;) {
      const piece = queue.shift();
      if (piece === undefined && over) break;
      if (piece === undefined) await queue.change();
      else {
        if (run.failure === undefined || lowestIndex(piece.work) <= run.failure.index) yield* told(piece);
        run.pump();
      }
    }
    throwErrors(run, () => undefined);
  } finally {
    run.stop();
    await end;
  }
}

/** Its output, then its values. */
function* told({ values, failed, output }: Piece): Generator<unknown> {
  for (const { entries } of output) relayAll(entries);
  const missing = new Set(failed);
  for (let position = 0; position < values.length; position++) if (!missing.has(position)) yield values[position];
}

class PieceQueue {
  readonly #ordered: boolean;
  readonly #pieces = new Map<number, Piece>();
  #next = 0;
  #wake: () => void = () => undefined;

  constructor(ordered: boolean) {
    this.#ordered = ordered;
  }

  get held(): number {
    return this.#pieces.size;
  }

  take(piece: Piece): void {
    this.#pieces.set(piece.number, piece);
    this.wake();
  }

  shift(): Piece | undefined {
    const [number] = this.#ordered ? [this.#next] : this.#pieces.keys();
    const piece = number === undefined ? undefined : this.#pieces.get(number);
    if (piece === undefined) return undefined;
    this.#pieces.delete(piece.number);
    this.#next++;
    return piece;
  }

  /** Resolves when there may be something new. */
  change(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve));
  }

  wake(): void {
    this.#wake();
  }
}
