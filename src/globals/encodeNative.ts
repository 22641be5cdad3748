/** Functions without a text: what `bind` made of others travels, the rest is refused. */

import type { Encoder } from "../codec/encode/Encoder.ts";
import { nameOf } from "../codec/encode/objects.ts";
import type { Path } from "../codec/encode/Path.ts";
import type { FunctionLook } from "../platform/inspector.ts";

/** `["bound", target, this, arguments]`. */
export function encodeNative(encoder: Encoder, fn: Function, look: FunctionLook | undefined, path: Path): number {
  const { bound } = look ?? {};
  if (bound === undefined || typeof bound.target !== "function") {
    encoder.refuse(
      path,
      `the native function ${nameOf(fn) || "without a name"} cannot leave this process`,
      "Call it inside the future, through the module that exports it.",
    );
  }
  const index = encoder.special(["bound"], fn);
  const target = encoder.refFor(index, bound.target, { up: path, name: "[[BoundTarget]]" });
  const self = encoder.refFor(index, bound.self, { up: path, name: "[[BoundThis]]", variable: true });
  const args = bound.args.map((arg, at) => encoder.refFor(index, arg, { up: path, name: at, variable: true }));
  encoder.replace(index, ["bound", target, self, args]);
  return index;
}
