/** Tries whether a function or class can travel, by a capture of its own. */

import { Encoder } from "../codec/encode/Encoder.ts";
import type { EncoderHooks } from "../codec/encode/EncoderHooks.ts";
import { nameOf } from "../codec/encode/objects.ts";
import { NotPortable } from "../errors/errors.ts";

interface Trial extends EncoderHooks {
  complete(encoder: Encoder): void;
}

export function isPortable(fn: Function, trial: Trial): boolean {
  const encoder = new Encoder(trial);
  try {
    encoder.functionRef(fn, { up: undefined, name: nameOf(fn) });
    trial.complete(encoder);
    return true;
  } catch (error) {
    if (error instanceof NotPortable) return false;
    throw error;
  }
}
