/** The `#private` state of an object whose classes were rebuilt here: they hand it out themselves. */

import { currentSession } from "../../session/currentSession.ts";
import type { Encoder } from "./Encoder.ts";
import type { PrivatePart } from "./EncoderHooks.ts";
import { classesOf } from "./objects.ts";
import type { Path } from "./Path.ts";
import { refusePrivates } from "./refusals.ts";

/** `undefined`: none of its classes gives any. */
export function rebuiltPrivates(encoder: Encoder, value: object, path: Path): readonly PrivatePart[] | undefined {
  const { privates } = currentSession();
  let parts: PrivatePart[] | undefined;
  for (const owner of classesOf(value)) {
    const access = privates.get(owner);
    if (access === undefined) continue;
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
