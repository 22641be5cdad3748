/** What a worker sends home: a value, what was thrown, or both of a chunk; and the encoder that each takes. */

import { Encoder } from "./Encoder.ts";
import type { EncoderHooks } from "./EncoderHooks.ts";
import { ThrownEncoder, type Parts } from "./ThrownEncoder.ts";

/** `value`: all of it travels, or it is refused · `error`: what cannot travel is left out · `parts`: both, of a chunk in which elements threw. */
export type ResultKind = "value" | "error" | "parts";

export interface Outgoing {
  readonly encoder: Encoder;
  readonly holder: { root: unknown };
  /** Walks it all. */
  readonly fill: () => void;
}

export function outgoing(hooks: EncoderHooks, value: unknown, kind: ResultKind): Outgoing {
  const holder = { root: undefined };
  if (kind === "value") {
    const encoder = new Encoder(hooks);
    return { encoder, holder, fill: () => void encoder.put(holder, "root", value, { up: undefined, name: "value" }) };
  }
  const encoder = new ThrownEncoder(hooks);
  // What came with `parts` is what `encodeParts` was given.
  return { encoder, holder, fill: () => (kind === "error" ? encoder.putError(holder, value) : encoder.putParts(holder, value as Parts)) };
}
