/** What the capture knows of one function between its first sight and the completion of its special. */

import type { Ref } from "../codec/Encoded.ts";
import type { Path } from "../codec/encode/Path.ts";
import type { ScopeFrame } from "../platform/inspector.ts";
import type { ResolvedNames } from "./resolveNames.ts";
import type { Site } from "./Site.ts";

export interface FunctionRecord {
  readonly fn: Function;
  /** Its special. */
  readonly index: number;
  readonly site: Site;
  readonly scopes: readonly ScopeFrame[];
  readonly names: ResolvedNames;
  /** Encoded values of `names.bound`, in order. */
  readonly values: unknown[];
  readonly path: Path;
  /** Parent class, or the parent of the home object of a method with `super`. */
  readonly heritage: Ref | undefined;
  readonly keys: readonly Ref[] | undefined;
  /** An arrow's `this` and `arguments`. */
  readonly self: Ref | undefined;
  readonly args: readonly Ref[] | undefined;
}
