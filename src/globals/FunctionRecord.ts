/** What the capture knows of one function between its first sight and the completion of its special. */

import type { Ties } from "../codec/decode/decodeFunction.ts";
import type { Path } from "../codec/encode/Path.ts";
import type { ScopeFrame } from "../platform/inspector.ts";
import type { BoundName } from "./resolveNames.ts";
import type { Site } from "./Site.ts";

export interface FunctionRecord {
  readonly fn: Function;
  /** Its special. */
  readonly index: number;
  readonly site: Site;
  readonly scopes: readonly ScopeFrame[];
  readonly bound: BoundName[];
  /** Some assigned name is no variable of any scope: the code writes to the global object. */
  readonly writesGlobal: boolean;
  /** Encoded values of `bound`, in order; those of private static fields follow. */
  readonly values: unknown[];
  /** Everything below belongs to the function. */
  readonly path: Path;
  ties: Ties | undefined;
}
