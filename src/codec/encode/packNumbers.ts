/** Numbers as flat memory. As a list they are cloned ten times as slowly, and each is boxed by itself in what arrives. */

export type Numbers = Int32Array | Float64Array;

/** 32-bit integers where all are such, doubles where not; `undefined`: something else is among them. No element may be a getter. */
export function packNumbers(elements: readonly unknown[]): Numbers | undefined {
  const { length } = elements;
  if (typeof elements[0] !== "number") return undefined;
  let numbers: Numbers = new Int32Array(length);
  for (let index = 0; index < length; index += 1) {
    const element = elements[index];
    if (typeof element !== "number") return undefined;
    // `-0` and `NaN` are no integers.
    if (numbers instanceof Int32Array && !Object.is(element | 0, element)) {
      const doubles: Float64Array = new Float64Array(length);
      doubles.set(numbers.subarray(0, index));
      numbers = doubles;
    }
    numbers[index] = element;
  }
  return numbers;
}
