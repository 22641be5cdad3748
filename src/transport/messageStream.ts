/**
 * Messages over a byte stream, the same code at both ends: framed, V8-serialized, preceded by the start marker.
 * Without effect, since the worker's program uses it too.
 */

import type { Readable, Writable } from "node:stream";
import { defaultFrameLimits, encodeFrame, FrameError, FrameReader, startMarker, type FrameLimits } from "../protocol/frame.ts";
import type { HostMessage, WorkerMessage } from "../protocol/messages.ts";
import { packMessage, packText, unpackMessage } from "./packMessage.ts";
import { protocolMismatch } from "./protocolMismatch.ts";

/** From Node's pool: making small arrays of their own takes longer than filling them. */
const allocate = (length: number): Uint8Array => Buffer.allocUnsafe(length);

/** Writes messages. Opening it writes the start marker. */
export class MessageWriter<M extends HostMessage | WorkerMessage> {
  readonly #writable: Writable;
  readonly #quick: (message: M) => string | undefined;
  readonly #together: boolean;
  #waiting: Uint8Array[] = [];

  /** `quick`: the short form, where there is one · `together`: what is sent in one tick leaves as one write; else each message leaves at once. */
  constructor(writable: Writable, quick: (message: M) => string | undefined, together: boolean) {
    this.#writable = writable;
    this.#quick = quick;
    this.#together = together;
    writable.write(startMarker);
  }

  /** Throws when the message cannot be serialized. `owned`: see `packMessage`. */
  send(message: M, owned?: readonly ArrayBuffer[]): void {
    const text = this.#quick(message);
    const { control, buffers } = text === undefined ? packMessage(message, owned) : packText(text);
    if (this.#together && this.#waiting.length === 0) process.nextTick(() => this.#write());
    this.#waiting.push(...encodeFrame(control, buffers, allocate));
    if (!this.#together) this.#write();
  }

  /** Calls back when everything sent before has left, or never will. */
  flush(done: () => void): void {
    if (!this.#writable.writable) return done();
    this.#write();
    this.#writable.write(new Uint8Array(0), done);
  }

  #write(): void {
    const pieces = this.#waiting;
    this.#waiting = [];
    if (!this.#writable.writable) return;
    if (pieces.length > 1) this.#writable.cork();
    for (const piece of pieces) this.#writable.write(piece);
    if (pieces.length > 1) this.#writable.uncork();
  }
}

export interface MessageListener<M> {
  message(message: M): void;
  /** Called once. With an error when the stream broke: `ProtocolMismatch`, or what the system reported. `rest`: bytes may still follow. */
  ended(error: Error | undefined, rest: boolean): void;
}

/** Reads messages until the stream ends or makes no sense. `parse` throws for what is no message. */
export function readMessages<M>(
  readable: Readable,
  parse: (data: unknown) => M,
  listener: MessageListener<M>,
  limits: FrameLimits = defaultFrameLimits,
): void {
  let open = true;
  const end = (error: Error | undefined, rest: boolean): void => {
    if (!open) return;
    open = false;
    listener.ended(error, rest);
  };
  const reader = new FrameReader((frame) => {
    if (!open) return;
    const message = attempt(() => parse(unpackMessage(frame)));
    if (message.failed) end(protocolMismatch(message.error), true);
    else listener.message(message.value);
  }, limits);
  readable.on("data", (chunk: Uint8Array) => {
    if (open)
      guard(
        () => reader.push(chunk),
        (error) => end(protocolMismatch(error), true),
      );
  });
  readable.on("end", () => {
    guard(
      () => reader.end(),
      (error) => end(protocolMismatch(error), false),
    );
    end(undefined, false);
  });
  readable.on("error", (error) => end(error, false));
  readable.on("close", () => end(undefined, false));
}

type Attempt<T> = { readonly failed: false; readonly value: T } | { readonly failed: true; readonly error: unknown };

function attempt<T>(body: () => T): Attempt<T> {
  try {
    return { failed: false, value: body() };
  } catch (error) {
    return { failed: true, error };
  }
}

/** Only the frames' own errors: one of the listener's is a bug and must be seen. */
function guard(body: () => void, failed: (error: FrameError) => void): void {
  try {
    body();
  } catch (error) {
    if (!(error instanceof FrameError)) throw error;
    failed(error);
  }
}
