/** Warns of writes of a map's function that will not be seen, each once. */

import { writeLostText } from "../../errors/words.ts";
import type { MapSnapshot } from "../../globals/snapshots.ts";
import { callPosition } from "../../platform/callPosition.ts";

const told = new Set<string>();
const kept = 1000;

/** `above`: the public function that the user called, which is on the stack. */
export function warnLostWrites(snapshot: MapSnapshot, verb: string, above: Function): void {
  for (const { name, place } of snapshot.lostWrites(() => callPosition(above))) {
    const key = `${place} ${name}`;
    if (told.has(key)) continue;
    if (told.size >= kept) told.clear();
    told.add(key);
    process.emitWarning(writeLostText(verb, name, place), { type: "FutureWarning", code: "FUTURE_WRITE_LOST" });
  }
}
