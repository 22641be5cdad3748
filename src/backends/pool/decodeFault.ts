/** The error that a worker reported, as a value of this process; what went wrong in decoding it stands in for it. */

import type { Encoded } from "../../codec/Encoded.ts";
import type { BackendContext } from "../../core/Backend.ts";
import { describeValue } from "../../errors/words.ts";

export function decodeFault(context: BackendContext, body: Encoded): Promise<Error> {
  return Promise.resolve(body)
    .then((encoded) => context.decode(encoded, []))
    .then(asError, asError);
}

function asError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  return new Error(typeof thrown === "string" ? thrown : describeValue(thrown), { cause: thrown });
}
