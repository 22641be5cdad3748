/** Typed arrays of any kind. */

/** What all kinds have in common, whatever their elements. */
export type NumberArray = ArrayBufferView & {
  readonly length: number;
  readonly buffer: ArrayBufferLike;
  readonly constructor: Function;
  set(values: ArrayLike<unknown>, offset?: number): void;
  slice(start: number, end: number): NumberArray;
  subarray(start: number, end: number): NumberArray;
  [index: number]: unknown;
};

export function isNumberArray(value: unknown): value is NumberArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/** The same elements in `memory`, which has room for them. */
export function copyInto(memory: ArrayBufferLike, array: NumberArray): NumberArray {
  const copy: unknown = Reflect.construct(kindOf(array), [memory, 0, array.length]);
  if (!isNumberArray(copy)) throw new TypeError("this is no typed array");
  copy.set(array);
  return copy;
}

/** Of the typed array itself: subclasses, such as `Buffer`, have numbers like any other. */
function kindOf(array: NumberArray): Function {
  const name = Object.prototype.toString.call(array).slice(8, -1);
  const found: unknown = Reflect.get(globalThis, name);
  return typeof found === "function" ? found : Float64Array;
}
