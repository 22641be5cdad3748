/**
 * Where the laws start looking: somewhere else each time on a developer's machine; in CI always at the same examples, so that the change
 * decides what lands and not chance.
 */

import { configureGlobal } from "fast-check";

if (process.env["CI"] !== undefined) configureGlobal({ seed: 20_261_123 });
