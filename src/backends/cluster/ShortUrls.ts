/** Fatal errors of V8 name scripts by their URLs, and those of a shipped program hold its whole text: in what a worker says last they are made short. */

import { shippedName } from "../../platform/shippedName.ts";

const beginning = "data:text/javascript;base64,";

export class ShortUrls {
  /** Whether the last chunk ended within one. */
  #isInside = false;

  /** The same chunk, or a shorter one. */
  shorten(chunk: Uint8Array): Uint8Array {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (!this.#isInside && !bytes.includes(beginning)) return chunk;
    const text = bytes.toString("latin1");
    const rest = this.#isInside ? text.replace(/^[\w+/=]+/, "") : text;
    if (rest !== "" || !this.#isInside) this.#isInside = /base64,[\w+/=]*$/.test(rest);
    return Buffer.from(rest.replaceAll(/data:text\/javascript;base64,[\w+/=]*/g, shippedName("worker.js")), "latin1");
  }
}
