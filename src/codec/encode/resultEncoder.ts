/**
 * The part of the codec that encodes what a worker sends home. Numbers, texts and typed chunks need none of it, so the program that every
 * worker starts with does without, and loads it with the first result that is an object.
 */

import type { Encoded, Special } from "../Encoded.ts";
import { intrinsicPath, type IntrinsicPath } from "../intrinsics.ts";
import { namesModule } from "../namesModule.ts";
import { isOfLanguage } from "../scanIntrinsics.ts";
import type { WeakContainer } from "./encodeWeak.ts";
import { rebuiltPrivates } from "./rebuiltPrivates.ts";
import type { EncoderHooks } from "./EncoderHooks.ts";
import { classesOf } from "./objects.ts";
import { outgoing, type ResultKind } from "./outgoing.ts";

/** What the receiver of tasks knows about its values. */
export interface ResultHooks {
  /** What came from home, or was imported: how home calls it. */
  known(value: WeakKey): Special | undefined;
  /** The function of home's that got this object as its `prototype`. */
  replaced(prototype: object): Function | undefined;
  /** Something was met that was made here, or imported by code that came from home. Throws. */
  foreign(): never;
  /** The WeakMaps and WeakSets that came from home. */
  weak(): readonly WeakContainer[];
}

export interface EncodedResult {
  readonly body: Encoded;
  /** Large buffers: cut out for the result, or the values' own. */
  readonly cut: readonly ArrayBuffer[];
  readonly whole: readonly ArrayBuffer[];
}

export interface ResultEncoder {
  /** Throws `NotPortable`. */
  encode(value: unknown, kind: ResultKind, hooks: ResultHooks): EncodedResult;
  isOfLanguage(path: IntrinsicPath): boolean;
}

export const resultEncoder: ResultEncoder = {
  encode(value, kind, hooks) {
    const { encoder, holder, fill } = outgoing(encoderHooks(hooks), value, kind);
    fill();
    const body = encoder.finish(holder);
    return { body, cut: encoder.views.cut, whole: encoder.views.whole };
  },
  isOfLanguage,
};

/** What a module of the worker's keeps private, and the classes that it does not name, only the capture engine can tell. */
function encoderHooks(hooks: ResultHooks): EncoderHooks {
  const { known, replaced, foreign, weak } = hooks;
  const reference = (value: object): Special | undefined => {
    const path = intrinsicPath(value);
    return path === undefined ? known(value) : ["intrinsic", path];
  };
  const isImported = (constructor: Function): boolean => namesModule(known(constructor));
  return {
    freezer: undefined,
    waits: false,
    encodeFunction: foreign,
    reference,
    symbol: known,
    knowsClass: (constructor) => reference(constructor) !== undefined || foreign(),
    takesClass: () => true,
    prototype: replaced,
    checkSymbols(_, value, symbols) {
      if ([...classesOf(value)].some(isImported) && symbols.some((symbol) => known(symbol) === undefined)) foreign();
    },
    unwrapProxy: () => undefined,
    privates: (encoder, value, path) => rebuiltPrivates(encoder, value, path, hooks),
    carried: () => "value",
    weak: weak(),
  };
}
