/** The `#private` state of an object whose classes were rebuilt here: they hand it out themselves. */

import { currentSession } from "../../session/currentSession.ts";
import { namesModule } from "../namesModule.ts";
import type { Encoder } from "./Encoder.ts";
import type { PrivatePart } from "./EncoderHooks.ts";
import { classesOf, textOf } from "./objects.ts";
import type { Path } from "./Path.ts";
import { refusePrivates } from "./refusals.ts";
import type { ResultHooks } from "./resultEncoder.ts";

/** Where a private name may be declared; it may be a comment that looks so. */
const declaration = /[\s{};*]#[^\s\d]+?\s*[=;({}\n]/;

/** `undefined`: none of its classes gives any. Only the capture engine can tell what instances of packages' classes hide. */
export function rebuiltPrivates(
  encoder: Encoder,
  value: object,
  path: Path,
  { known, foreign }: ResultHooks,
): readonly PrivatePart[] | undefined {
  const { privates } = currentSession();
  let parts: PrivatePart[] | undefined;
  for (const owner of classesOf(value)) {
    const access = privates.get(owner);
    if (access === undefined) {
      if (namesModule(known(owner)) && declaration.test(textOf(owner))) foreign();
      continue;
    }
    parts ??= [];
    let values;
    try {
      values = access.read(value);
    } catch {
      return refusePrivates(encoder, owner, path, "unfinished"); // it has some of the names and not yet the others
    }
    if (values === undefined) continue;
    if (access.stays) refusePrivates(encoder, owner, path, "stays");
    parts.unshift({ owner, isBase: access.isBase, names: [], values });
  }
  return parts;
}
