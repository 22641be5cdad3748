/** Tells futures from everything else. */

import { cellOf } from "./cellOf.ts";
import type { Future } from "./Future.ts";

export function isFuture(value: unknown): value is Future<unknown> {
  return cellOf(value) !== undefined;
}
