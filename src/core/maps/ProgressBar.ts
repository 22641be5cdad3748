/** How far a map is, as a bar on a terminal. It stands on standard error, below the output, and goes when the map ends. */

import type { SingleBar } from "cli-progress";
import { loadCliProgress } from "../../platform/cliProgress.ts";
import { draw, undraw } from "../screen.ts";
import type { MapProgress } from "./MapOptions.ts";
import type { ProgressListener } from "./ProgressMeter.ts";

/** A bar, if there is a terminal to draw it on. */
export function openProgressBar(total: number | undefined): ProgressListener | undefined {
  return process.stderr.isTTY === true ? new ProgressBar(total) : undefined;
}

class ProgressBar implements ProgressListener {
  readonly #bar: SingleBar;
  #progress: MapProgress;
  #isDrawn: boolean;

  constructor(total: number | undefined) {
    const { SingleBar, Format } = loadCliProgress();
    this.#progress = { done: 0, total, eta: undefined };
    this.#bar = new SingleBar({
      stream: process.stderr,
      clearOnComplete: true,
      gracefulExit: false, // it would swallow Ctrl-C
      barCompleteChar: "█",
      barIncompleteChar: "░",
      barsize: 30,
      format: (options, { progress }) =>
        `${total === undefined ? "" : `${Format.BarFormat(progress, options)} `}${describe(this.#progress)}`,
    });
    this.#isDrawn = draw(this);
  }

  update(progress: MapProgress): void {
    this.#progress = progress;
    if (this.#isDrawn) this.#bar.update(progress.done);
  }

  finish(): void {
    this.#isDrawn = false;
    undraw(this);
  }

  hide(): void {
    this.#bar.stop();
  }

  show(): void {
    const { done, total } = this.#progress;
    this.#bar.start(total ?? 1, done);
  }
}

/** `37 of 100, 12 s left`. */
function describe({ done, total, eta }: MapProgress): string {
  const whole = Math.floor(done);
  if (total === undefined) return `${whole} done`;
  return `${whole} of ${total}${eta === undefined || done >= total ? "" : `, ${duration(eta)} left`}`;
}

/** In the largest unit that says enough. */
function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
}
