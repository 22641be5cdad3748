/** Who hears of progress: a function of the user's, or a bar on a terminal. */

import { progressFailedText } from "../../errors/words.ts";
import type { MapProgress, MapSettings } from "./MapOptions.ts";
import { openProgressBar } from "./ProgressBar.ts";
import type { ProgressListener } from "./ProgressMeter.ts";

/** `undefined`: nobody listens. Where standard error is no terminal there is no bar. */
export function listenerOf(progress: MapSettings["progress"], total: number | undefined, verb: string): ProgressListener | undefined {
  if (typeof progress === "function") return new UserListener(progress, verb);
  return progress ? openProgressBar(total) : undefined;
}

/** What it throws cannot undo the work: it is told as a warning, and the function is not called again. */
class UserListener implements ProgressListener {
  readonly #listen: (progress: MapProgress) => void;
  readonly #verb: string;
  #isOver = false;

  constructor(listen: (progress: MapProgress) => void, verb: string) {
    this.#listen = listen;
    this.#verb = verb;
  }

  update(progress: MapProgress): void {
    if (this.#isOver) return;
    try {
      this.#listen(progress);
    } catch (error) {
      this.#isOver = true;
      process.emitWarning(progressFailedText(this.#verb, error), { type: "FutureWarning", code: "FUTURE_PROGRESS" });
    }
  }

  finish(): void {
    this.#isOver = true;
  }
}
