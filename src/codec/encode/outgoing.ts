/** What a worker sends home: a value, what was thrown, or both of a chunk; and the encoder that each takes. */

import { Encoder } from "./Encoder.ts";
import { encodeHomeEntries } from "./encodeWeak.ts";
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
    const fill = (): void => {
      encoder.put(holder, "root", value, { up: undefined, name: "value" });
      putHomeEntries(encoder);
    };
    return { encoder, holder, fill };
  }
  const encoder = new ThrownEncoder(hooks);
  const fill = (): void => {
    if (kind === "error") encoder.putError(holder, value);
    else encoder.putParts(holder, value as Parts); // what `encodeParts` was given
    const undo = encoder.mark();
    try {
      putHomeEntries(encoder);
    } catch {
      undo(); // what was thrown matters more to the user than what others keep about it
    }
  };
  return { encoder, holder, fill };
}

/** What WeakMaps and WeakSets of home's hold of what was put. */
function putHomeEntries(encoder: Encoder): void {
  const { weak = [] } = encoder.hooks;
  if (weak.length === 0) return;
  encoder.drain();
  encodeHomeEntries(encoder, weak);
}
