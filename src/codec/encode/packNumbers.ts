/** Numbers as flat memory. As a list they are cloned ten times as slowly, and each is boxed by itself in what arrives. */

type Numbers = Int32Array | Float64Array;

/**
 * 32-bit integers where all are such, doubles where not; `undefined`: something else is among them. No element may be a getter.
 * `allocate` gives so many bytes.
 */
export function packNumbers(elements: readonly unknown[], allocate: (bytes: number) => ArrayBufferLike): Numbers | undefined {
  const { length } = elements;
  if (typeof elements[0] !== "number") return undefined;
  let numbers: Numbers = isInteger(elements[0]) ? new Int32Array(allocate(4 * length)) : new Float64Array(allocate(8 * length));
  for (let index = 0; index < length; index += 1) {
    const element = elements[index];
    if (typeof element !== "number") return undefined;
    if (numbers instanceof Int32Array && !isInteger(element)) {
      const before: Int32Array = numbers;
      numbers = new Float64Array(allocate(8 * length));
      numbers.set(before.subarray(0, index));
    }
    numbers[index] = element;
  }
  return numbers;
}

/** Of 32 bits; `-0` is none. */
function isInteger(value: number): boolean {
  return Object.is(value | 0, value);
}
