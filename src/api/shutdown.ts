/** `shutdown()`: ends all workers. */

import { closeEverything } from "../core/openBackend.ts";
import { publish } from "../session/publish.ts";

/**
 * Ends all workers now: running futures are interrupted, queued ones canceled. Resolves when nothing is left. The plan stays;
 * a later future starts workers again. Happens by itself when the process ends.
 */
export async function shutdown(): Promise<void> {
  await closeEverything("now");
}

publish({ shutdown });
