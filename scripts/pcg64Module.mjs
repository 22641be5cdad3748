/**
 * The WebAssembly of PCG64, put together by hand: JavaScript has no fast 64-bit product, and one loop of WebAssembly is
 * twenty times as fast as limbs. `src/random/numpy/pcg64Words.ts` tells how it is called; `makeRandomTables.mjs` writes it out.
 *
 * The state is s = high · 2^64 + low; a step is s ← s · M + increment (mod 2^128), and gives the 64 bits
 * rotateRight(high xor low, high >> 58) (pcg_setseq_128_xsl_rr_64 of O'Neill, HMC-CS-2014-0905; numpy's PCG64).
 */

/** LEB128, signed: how WebAssembly writes constants. */
function signed(value) {
  const bytes = [];
  for (let rest = BigInt(value); ; rest >>= 7n) {
    const byte = Number(rest & 127n);
    if (rest >= -64n && rest < 64n) return [...bytes, byte];
    bytes.push(byte | 128);
  }
}

/** LEB128, unsigned: lengths and indices. */
function unsigned(value) {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

const sized = (bytes) => [...unsigned(bytes.length), ...bytes];
const section = (id, bytes) => [id, ...sized(bytes)];
const name = (text) => sized([...Buffer.from(text)]);

// Instructions, as functions of what they take from the stack
const binary = (opcode) => (a, b) => [...a, ...b, opcode];
const int64 = (value) => [0x42, ...signed(BigInt.asIntN(64, value))];
const int32 = (value) => [0x41, ...signed(value)];
const [add32, less32] = [binary(0x6a), binary(0x49)];
const [add, multiply, and, xor, shiftRight, rotateLeft, rotateRight] = [0x7c, 0x7e, 0x83, 0x85, 0x88, 0x89, 0x8a].map(binary);
/** 1 or 0, as a 64-bit integer: whether a < b, unsigned. */
const less = (a, b) => [...a, ...b, 0x54, 0xad];
const load = (address, offset) => [...address, 0x29, 3, ...unsigned(offset)];
const store = (address, offset, value) => [...address, ...value, 0x37, 3, ...unsigned(offset)];
const get = (local) => [0x20, local];
const set = (local, value) => [...value, 0x21, local];
/** Repeats the body while the condition after it holds. */
const repeat = (body, condition) => [0x03, 0x40, ...body, ...condition, 0x0d, 0, 0x0b];

const multiplier = { high: 2549297995355413924n, low: 4865540595714422341n };
const lowHalf = (value) => and(value, int64(0xffffffffn));
const highHalf = (value) => shiftRight(value, int64(32n));

const [end, address, low, high, incrementLow, incrementHigh, middle] = [0, 1, 2, 3, 4, 5, 6];

/** high · M.low + low · M.high + the upper 64 bits of low · M.low, which are built from products of 32-bit halves. */
const step = [
  ...set(
    middle,
    add(
      multiply(highHalf(get(low)), int64(multiplier.low & 0xffffffffn)),
      highHalf(multiply(lowHalf(get(low)), int64(multiplier.low & 0xffffffffn))),
    ),
  ),
  ...set(
    high,
    add(
      add(
        add(multiply(get(high), int64(multiplier.low)), multiply(get(low), int64(multiplier.high))),
        add(multiply(highHalf(get(low)), int64(multiplier.low >> 32n)), highHalf(get(middle))),
      ),
      highHalf(add(lowHalf(get(middle)), multiply(lowHalf(get(low)), int64(multiplier.low >> 32n)))),
    ),
  ),
  ...set(low, add(multiply(get(low), int64(multiplier.low)), get(incrementLow))),
  ...set(high, add(add(get(high), get(incrementHigh)), less(get(low), get(incrementLow)))),
];

/** The upper word comes first in memory, as MT19937 makes its 64-bit numbers. */
const output = rotateLeft(rotateRight(xor(get(high), get(low)), shiftRight(get(high), int64(58n))), int64(32n));

const start = int32(0);
const fill = [
  ...set(low, load(start, 0)),
  ...set(high, load(start, 8)),
  ...set(incrementLow, load(start, 16)),
  ...set(incrementHigh, load(start, 24)),
  ...set(address, int32(32)),
  ...repeat([...step, ...store(get(address), 0, output), ...set(address, add32(get(address), int32(8)))], less32(get(address), get(end))),
  ...store(start, 0, get(low)),
  ...store(start, 8, get(high)),
  0x0b,
];

const locals = [2, 1, 0x7f, 5, 0x7e];
const header = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
/** `fill(end: i32)`, and one page of memory. */
export const pcg64Module = new Uint8Array([
  ...header,
  ...section(1, [1, 0x60, 1, 0x7f, 0]),
  ...section(3, [1, 0]),
  ...section(5, [1, 0, 1]),
  ...section(7, [2, ...name("memory"), 2, 0, ...name("fill"), 0, 0]),
  ...section(10, [1, ...sized([...locals, ...fill])]),
]);
