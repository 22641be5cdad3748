/** The one door from the engine to `globals/` and `codec/`, so that they can be loaded at the first future. */

import { decodeAtHome, snapshot, snapshotValue, type Snapshot } from "../globals/snapshot.ts";
import { snapshotMap, type ChunkSnapshot, type MapSnapshot } from "../globals/snapshotMap.ts";

export type { ChunkSnapshot, MapSnapshot, Snapshot };

export interface CaptureDoor {
  readonly snapshot: typeof snapshot;
  readonly snapshotMap: typeof snapshotMap;
  readonly snapshotValue: typeof snapshotValue;
  readonly decodeAtHome: typeof decodeAtHome;
}

/** Loads them, synchronously. */
export function loadCapture(): CaptureDoor {
  return { snapshot, snapshotMap, snapshotValue, decodeAtHome };
}
