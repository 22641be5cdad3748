/** A backend of a user's own: what it can do and how it opens a channel to a worker; the pool does the rest. */

import type { BackendModule } from "../core/Backend.ts";
import type { OptionReader } from "../plans/OptionReader.ts";
import { registerBackend, type SpecFactory } from "../plans/registerBackend.ts";
import { openPool } from "./pool/openPool.ts";
import type { PoolDefinition } from "./pool/PoolDefinition.ts";

export interface BackendDefinition extends PoolDefinition {
  /** Reads options that only this backend has; `open` finds them under `options.extra`. Absent: there are none. */
  readonly readExtra?: (read: OptionReader) => Readonly<Record<string, unknown>>;
}

/**
 * Registers a backend under its name and gives its spec factory. Throws `PlanInvalid` when the name is taken or odd.
 *
 * @example
 * const polite = defineBackend({
 *   name: "polite",
 *   capabilities: { parallel: true, remote: false, sharedMemory: false, interrupts: true, chdir: true, isolated: true, processes: true },
 *   open: () => processChannel({ command: "nice", args: [process.execPath, fileURLToPath(workerProgram())], env: process.env }),
 * });
 * plan(polite({ workers: 2 }));
 */
export function defineBackend(definition: BackendDefinition): SpecFactory {
  const { name, capabilities, readExtra } = definition;
  const module: BackendModule = { open: (context) => openPool(context, definition) };
  const load = (): Promise<BackendModule> => Promise.resolve(module);
  return registerBackend(name, readExtra === undefined ? { capabilities, load } : { capabilities, load, readExtra });
}
