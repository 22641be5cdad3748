/** `resolve()`: waits, and asks for nothing. */

import { cellsIn } from "../core/gather.ts";
import { launch } from "../core/launch.ts";
import { publish } from "../session/publish.ts";

/**
 * Waits until a future, or every future of a container, has settled. Launches lazy ones, replays no output, and never
 * rejects for a future's error. R's `resolve()`.
 */
export async function resolve(target: unknown): Promise<void> {
  const cells = cellsIn(target);
  for (const cell of cells) launch(cell);
  await Promise.all(cells.map((cell) => cell.settled()));
}

publish({ resolve });
