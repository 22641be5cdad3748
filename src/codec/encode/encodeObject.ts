/** Objects by kind: what structured clone copies as it is, what has internal slots, instances, and what is refused. */

import type { Ref } from "../Encoded.ts";
import { encodeArray } from "./encodeArray.ts";
import { encodeMap, encodeSet } from "./encodeCollection.ts";
import { encodeError } from "./encodeError.ts";
import { encodeInstance, encodeOrdinary, encodePrototype } from "./encodeInstance.ts";
import { encodePlain } from "./encodePlain.ts";
import { addPrivatesOf } from "./encodePrivate.ts";
import type { Encoder } from "./Encoder.ts";
import { encodeSlots } from "./encodeSlots.ts";
import { encodeWeak } from "./encodeWeak.ts";
import { encodeBuffer, encodeView } from "./encodeView.ts";
import { dataProperty, isObjectPrototype, prototypeOwner, prototypesOf } from "./objects.ts";
import { environmentPath } from "../intrinsics.ts";
import { currentSession } from "../../session/currentSession.ts";
import { isWaitedFor, type Path } from "./Path.ts";
import { dependency, encodeWaited, PromiseParts } from "./PromiseParts.ts";
import { refusal, refuseKinds } from "./refusals.ts";
import { prototypeOf, types } from "../reflection.ts";

const futureBrand = Symbol.for("futureplan/future");

export function encodeObject(encoder: Encoder, value: object, path: Path): Ref {
  if (types.isProxy(value)) return encodeProxy(encoder, value, path);
  const reference = encoder.hooks.reference(value);
  if (reference !== undefined) return encoder.special(reference, value);
  if (Array.isArray(value)) return encodeArray(encoder, value, path);
  const owner = prototypeOwner(value);
  if (owner !== undefined) return encodePrototype(encoder, owner, value, path);
  const prototype: object | null = prototypeOf(value);
  if (prototype !== null && encoder.ordinary.has(prototype)) return encodeOrdinary(encoder, value, path);
  if (prototype !== null && isObjectPrototype(prototype) && !types.isArgumentsObject(value)) return encodePlain(encoder, value, path);
  return encodeOther(encoder, value, path);
}

function encodeOther(encoder: Encoder, value: object, path: Path): Ref {
  for (const above of prototypesOf(value)) if (types.isProxy(above)) encoder.refuse(path, ...refusal.behindProxy);
  if (types.isPromise(value) || dataProperty(value, futureBrand) === true) return encodeThenable(encoder, value, path);
  if (types.isNativeError(value) || value instanceof Error) return encodeError(encoder, value, path);
  const slots = encodeWithSlots(encoder, value, path);
  if (slots === undefined) return encodeInstance(encoder, value, path);
  addPrivatesOf(encoder, value, path);
  return slots;
}

function encodeProxy(encoder: Encoder, value: object, path: Path): Ref {
  if (value === currentSession().environment.watched?.proxy) return encoder.special(["intrinsic", environmentPath], value);
  const target = encoder.hooks.unwrapProxy(value, path);
  if (target === undefined) encoder.refuse(path, ...refusal.proxy);
  return encodeObject(encoder, target, path);
}

function encodeThenable(encoder: Encoder, value: object, path: Path): number {
  const isPromise = types.isPromise(value);
  if (!encoder.hooks.waits) encoder.refuse(path, ...(isPromise ? refusal.promise : refusal.future));
  if (!isPromise) return encoder.special(dependency(encoder, value, path), value);
  if (isWaitedFor(path)) return encodeWaited(encoder, value, path);
  encoder.promises ??= new PromiseParts();
  return encoder.promises.add(encoder, value, path);
}

/** `undefined`: an object without slots. */
function encodeWithSlots(encoder: Encoder, value: object, path: Path): Ref | undefined {
  if (types.isMap(value)) return encodeMap(encoder, value, path);
  if (types.isSet(value)) return encodeSet(encoder, value, path);
  if (types.isWeakMap(value) || types.isWeakSet(value)) return encodeWeak(encoder, value, path);
  if (ArrayBuffer.isView(value)) return encodeView(encoder, value, path);
  if (types.isAnyArrayBuffer(value)) return encodeBuffer(encoder, value, path);
  const slots = encodeSlots(encoder, value, path);
  if (slots === undefined) refuseKinds(encoder, value, path);
  return slots;
}
