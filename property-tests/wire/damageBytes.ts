/** Damage to a stream of bytes: what pipes, bugs and strangers do to it. Each edit is plain data, so that a case can be written down. */

import * as fc from "fast-check";

export type Edit =
  | { readonly kind: "flip"; readonly at: number; readonly bit: number }
  | { readonly kind: "length"; readonly at: number; readonly value: number }
  | { readonly kind: "varint"; readonly at: number }
  | { readonly kind: "cut"; readonly at: number; readonly count: number }
  | { readonly kind: "repeat"; readonly at: number; readonly count: number }
  | { readonly kind: "noise"; readonly at: number; readonly bytes: readonly number[] }
  | { readonly kind: "splice"; readonly at: number; readonly from: number };

/** Lengths that lie. */
const lies = [0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff, 0x400_0000, 4096];
/** Bytes that mean something to V8's deserializer, beside others. */
const telling = [..."_0TFINUdDZS\"cCot^aA{}@$:;',BV\\wuxyrR~!["].map((tag) => tag.charCodeAt(0));

const at = fc.nat(1 << 20);
export const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("flip" as const), at, bit: fc.nat(7) }),
    fc.record({ kind: fc.constant("length" as const), at, value: fc.oneof(fc.constantFrom(...lies), fc.nat(200)) }),
    fc.record({ kind: fc.constant("varint" as const), at }),
    fc.record({ kind: fc.constant("cut" as const), at, count: fc.integer({ min: 1, max: 400 }) }),
    fc.record({ kind: fc.constant("repeat" as const), at, count: fc.integer({ min: 1, max: 400 }) }),
    fc.record({
      kind: fc.constant("noise" as const),
      at,
      bytes: fc.array(fc.oneof(fc.constantFrom(...telling), fc.nat(255)), { minLength: 1, maxLength: 20 }),
    }),
    fc.record({ kind: fc.constant("splice" as const), at, from: at }),
  ),
  { minLength: 1, maxLength: 4 },
);

export function damage(stream: Uint8Array, given: readonly Edit[]): Uint8Array {
  return given.reduce<Uint8Array>((bytes, edit) => (bytes.length === 0 ? bytes : apply(Buffer.from(bytes), edit)), stream);
}

function apply(bytes: Buffer, edit: Edit): Uint8Array {
  const place = edit.at % bytes.length;
  const [head, tail] = [bytes.subarray(0, place), bytes.subarray(place)];
  switch (edit.kind) {
    case "flip":
      bytes[place] = (bytes[place] ?? 0) ^ (1 << edit.bit);
      return bytes;
    case "length":
      if (tail.length >= 4) bytes.writeUInt32LE(edit.value, place);
      return bytes;
    case "varint":
      return Buffer.concat([head, Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f]), tail.subarray(1)]);
    case "cut":
      return Buffer.concat([head, tail.subarray(edit.count)]);
    case "repeat":
      return Buffer.concat([head, tail.subarray(0, edit.count), tail]);
    case "noise":
      return Buffer.concat([head, Buffer.from(edit.bytes), tail]);
    case "splice":
      return Buffer.concat([head, bytes.subarray(edit.from % bytes.length)]);
  }
}
