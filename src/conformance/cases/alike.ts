/** Ways to cut a map: none may be seen in what it gives. */

import { assert } from "../host/builtins.ts";
import type { MapOptions } from "../../index.ts";

export const ways: readonly MapOptions[] = [
  {},
  { chunkSize: 1 },
  { chunkSize: 3 },
  { chunkSize: Infinity },
  { scheduling: 2.5 },
  { scheduling: false },
  { scheduling: "auto" },
  { ordering: "random", chunkSize: 2 },
];

/** What `body` gives is the same under all of them. */
export async function alike(body: (options: MapOptions) => Promise<unknown>, expected: unknown): Promise<void> {
  for (const options of ways) assert.deepEqual(await body(options), expected, JSON.stringify(options));
}
