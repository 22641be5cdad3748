/** `resolved()`: looks without waiting. */

import { isSettled } from "../core/FutureState.ts";
import { cellsIn } from "../core/gather.ts";
import { launch } from "../core/launch.ts";
import { publish } from "../session/publish.ts";

/** Whether a future, or every future of a container, has settled, whatever its end. Never waits; launches lazy ones. R's `resolved()`. */
export function resolved(target: unknown): boolean {
  const cells = cellsIn(target);
  for (const cell of cells) launch(cell);
  return cells.every((cell) => isSettled(cell.state));
}

publish({ resolved });
