/**
 * The part of the codec that encodes what a worker sends home. Numbers, texts and typed chunks need none of it, so the program that every
 * worker starts with does without, and loads it with the first result that is an object.
 */

import type { Encoded, Special } from "../Encoded.ts";
import { intrinsicPath, type IntrinsicPath } from "../intrinsics.ts";
import { isOfLanguage } from "../scanIntrinsics.ts";
import { Encoder } from "./Encoder.ts";
import { rebuiltPrivates } from "./rebuiltPrivates.ts";
import type { EncoderHooks } from "./EncoderHooks.ts";

/** What the receiver of tasks knows about its values. */
export interface ResultHooks {
  /** What came from home, or was imported: how home calls it. */
  known(value: object): Special | undefined;
  /** A function was met that was made here. Throws. */
  foreign(): never;
}

export interface EncodedResult {
  readonly body: Encoded;
  /** Large buffers: cut out for the result, or the values' own. */
  readonly cut: readonly ArrayBuffer[];
  readonly whole: readonly ArrayBuffer[];
}

export interface ResultEncoder {
  /** Throws `NotPortable`. */
  encode(value: unknown, hooks: ResultHooks): EncodedResult;
  isOfLanguage(path: IntrinsicPath): boolean;
}

export const resultEncoder: ResultEncoder = {
  encode(value, hooks) {
    const encoder = new Encoder(encoderHooks(hooks));
    const body = encoder.encode(value, { up: undefined, name: "value" });
    return { body, cut: encoder.views.cut, whole: encoder.views.whole };
  },
  isOfLanguage,
};

function encoderHooks(hooks: ResultHooks): EncoderHooks {
  const { known, foreign } = hooks;
  const reference = (value: object): Special | undefined => {
    const path = intrinsicPath(value);
    return path === undefined ? known(value) : ["intrinsic", path];
  };
  return {
    freezer: undefined,
    waits: false,
    encodeFunction: foreign,
    reference,
    knowsClass: (constructor) => reference(constructor) !== undefined,
    unwrapProxy: () => undefined,
    privates: (encoder, value, path) => rebuiltPrivates(encoder, value, path, hooks),
    carried: () => "value",
  };
}
