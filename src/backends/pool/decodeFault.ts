/** The error that a worker reported, as a value of this process; what went wrong in decoding it stands in for it. */

import type { Encoded } from "../../codec/Encoded.ts";
import type { BackendContext } from "../../core/Backend.ts";

export function decodeFault(context: BackendContext, body: Encoded): Promise<Error> {
  return Promise.resolve(body)
    .then((encoded) => context.decode(encoded, []))
    .then(asError, asError);
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}
