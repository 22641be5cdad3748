/** `Math.random()` while futures with seeds run: inside them it draws from their streams. */

import { currentSession } from "../session/currentSession.ts";

let running = 0;
let original: typeof Math.random;

/** One more future with a seed runs. */
export function feed(): void {
  running += 1;
  if (running > 1) return;
  original = Math.random;
  Math.random = fed;
}

/** One has ended; after the last `Math.random()` is what it was, unless somebody else has replaced it since. */
export function rest(): void {
  running -= 1;
  if (running === 0 && Math.random === fed) Math.random = original;
}

function fed(): number {
  const stream = currentSession().stream();
  return isStream(stream) ? stream.random() : original();
}

function isStream(value: unknown): value is { random(): number } {
  return typeof value === "object" && value !== null && "random" in value;
}
