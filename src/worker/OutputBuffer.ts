/**
 * The captured output of one future, in order: bounded, pieces of one stream joined, and in `live` mode
 * passed on as it comes, at most once in a while so that a chatty loop does not drown in messages.
 */

import type { OutputEntry } from "../protocol/messages.ts";

export interface OutputBufferOptions {
  /** Bytes to keep. */
  readonly limit: number;
  /** Passes entries on at once; `undefined`: keep them for the end. */
  readonly live: ((entries: readonly OutputEntry[]) => void) | undefined;
  readonly now: () => number;
}

/** Milliseconds between two live messages of one stretch of synchronous code. */
const pause = 20;

export class OutputBuffer {
  readonly #options: OutputBufferOptions;
  #entries: OutputEntry[] = [];
  #used = 0;
  #cut = 0;
  #flushed = -Infinity;
  #scheduled = false;

  constructor(options: OutputBufferOptions) {
    this.#options = options;
  }

  push(entry: OutputEntry): void {
    const text = entry.type === "warning" ? entry.message : entry.text;
    const size = utf8Length(text);
    const room = this.#options.limit - this.#used;
    this.#used += size;
    if (size <= room) this.#add(entry);
    else {
      this.#cut += size - Math.max(room, 0);
      // A code unit takes at most three bytes.
      const head = text.slice(0, Math.floor(room / 3));
      if (room >= 3 && entry.type !== "warning") this.#add({ ...entry, text: head });
    }
  }

  /** What has not been passed on, with a note if something was cut. */
  finish(): readonly OutputEntry[] {
    if (this.#cut > 0) {
      const text = `[futureplan: ${this.#cut} more bytes of output were cut; the plan option maxOutput keeps ${this.#options.limit} per future]\n`;
      this.#entries.push({ type: "stderr", text });
    }
    this.#flush();
    return this.#entries;
  }

  #add(entry: OutputEntry): void {
    const last = this.#entries.at(-1);
    if (last !== undefined && last.type === entry.type && (entry.type === "stdout" || entry.type === "stderr") && "text" in last) {
      this.#entries[this.#entries.length - 1] = { type: entry.type, text: last.text + entry.text };
    } else this.#entries.push(entry);
    if (this.#options.live !== undefined) this.#hurry();
  }

  #hurry(): void {
    if (this.#options.now() - this.#flushed >= pause) return this.#flush();
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => this.#flush());
  }

  #flush(): void {
    this.#scheduled = false;
    if (this.#options.live === undefined || this.#entries.length === 0) return;
    const entries = this.#entries;
    this.#entries = [];
    this.#flushed = this.#options.now();
    this.#options.live(entries);
  }
}

/** Bytes of a string in UTF-8, lone surrogates counted as two. */
function utf8Length(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    length += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return length;
}
