/** How a backend of a user's own gets a name that `plan()` understands. */

import { PlanInvalid } from "../errors/errors.ts";
import { describeValue } from "../errors/words.ts";
import { makeSpec } from "./makeSpec.ts";
import type { PlanSpec } from "./PlanSpec.ts";
import type { PlanOptionsInput } from "./parseOptions.ts";
import { addBackend, backendNames, type BackendEntry } from "./registry.ts";

/** Makes the spec of one backend; see `PlanOptionsInput` for the options. */
export type SpecFactory = (options?: PlanOptionsInput & Readonly<Record<string, unknown>>) => PlanSpec;

/**
 * Registers a backend and gives its spec factory. In a worker, strata that name it need the same call there (`setup`).
 * Throws `PlanInvalid` for a name that is taken or has other characters than letters, digits, `_` and `-`.
 *
 * @example
 * const mine = registerBackend("mine", { capabilities, load: async () => ({ open }) });
 * plan(mine({ workers: 2 }));
 */
export function registerBackend(name: string, entry: BackendEntry): SpecFactory {
  if (!/^[a-z][\w-]*$/i.test(name)) {
    throw new PlanInvalid(`The name of a backend must be letters, digits, _ and -, beginning with a letter; not ${describeValue(name)}.`);
  }
  if (backendNames().includes(name)) throw new PlanInvalid(`There is a backend "${name}" already; choose another name.`);
  addBackend(name, entry);
  return (options) => makeSpec(name, options);
}
