/**
 * Where numpy's methods get their bits: blocks of 32-bit words, a 64-bit number being its upper word and then its lower one.
 * Fast loops read `words` from `position` on by themselves; everything else takes one step at a time.
 */

export abstract class WordSource {
  words: Uint32Array<ArrayBuffer>;
  /** The next word of `words`. */
  position: number;
  /** The 64 bits of the last `step`, or what a bounded draw made of them; signed, since V8 keeps only such numbers unboxed. */
  upper = 0;
  lower = 0;

  constructor(words: Uint32Array<ArrayBuffer>, position: number) {
    this.words = words;
    this.position = position;
  }

  /** Makes the next block and sets `position` to its begin. */
  protected abstract refill(): void;

  /** numpy's `next_uint32`. */
  abstract next32(): number;

  /** numpy's `next_double` is `((upper >>> upperShift) · upperScale + (lower >>> lowerShift)) / 2^53`. */
  abstract readonly upperShift: number;
  abstract readonly upperScale: number;
  abstract readonly lowerShift: number;

  nextDouble(): number {
    this.step();
    return ((this.upper >>> this.upperShift) * this.upperScale + (this.lower >>> this.lowerShift)) * 2 ** -53;
  }

  /** numpy's `next_uint64`, into `upper` and `lower`. */
  step(): void {
    const { words, position } = this;
    if (position + 1 < words.length) {
      this.upper = (words[position] ?? 0) | 0;
      this.lower = (words[position + 1] ?? 0) | 0;
      this.position = position + 2;
    } else {
      this.upper = this.nextWord() | 0;
      this.lower = this.nextWord() | 0;
    }
  }

  protected nextWord(): number {
    if (this.position >= this.words.length) this.refill();
    return this.words[this.position++] ?? 0;
  }
}
