/** What has to be there before something can be rebuilt: the modules that home names, then what the encoded values refer to. */

import type { Encoded } from "../codec/Encoded.ts";
import type { Linker } from "../codec/Linker.ts";
import type { WorkerHost } from "./WorkerHost.ts";

/** `undefined`: nothing has to be waited for. */
export function importAll(
  linker: Linker,
  host: Pick<WorkerHost, "importModule">,
  modules: readonly string[],
  encoded: readonly Encoded[],
): Promise<unknown> | undefined {
  if (modules.length === 0) return linker.imports(...encoded);
  return Promise.all(modules.map((url) => host.importModule(url))).then(() => linker.imports(...encoded));
}
