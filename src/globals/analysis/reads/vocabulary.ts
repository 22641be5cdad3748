/**
 * The part of the language that reads typed arrays without handing them on, and what of it gives numbers. Everything
 * that is not named here is taken to write.
 */

export const typedArrays: ReadonlySet<string> = new Set(
  (
    "Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float16Array Float32Array Float64Array " +
    "BigInt64Array BigUint64Array"
  ).split(" "),
);

/** Properties that are numbers. */
export const sizes: ReadonlySet<string> = new Set(["length", "byteLength", "byteOffset", "BYTES_PER_ELEMENT"]);

/** Methods that give an element, a number, a text, an iterator or an array over memory of its own. */
export const readers: ReadonlySet<string> = new Set(
  "at includes indexOf lastIndexOf join slice toReversed toSorted with keys values entries".split(" "),
);

/** Methods that call a function, and the position at which it gets the array. */
export const callers: ReadonlyMap<string, number> = new Map([
  ..."map filter forEach some every find findIndex findLast findLastIndex".split(" ").map((name) => [name, 2] as const),
  ["reduce", 3],
  ["reduceRight", 3],
]);

/** Methods of arrays that call a function with an element and its index; a `Map` has a `forEach` with keys. */
export const indexers: ReadonlySet<string> = new Set(
  "map flatMap filter some every find findIndex findLast findLastIndex reduce reduceRight".split(" "),
);

/** Methods that give a typed array when called on one. */
export const typedResults: ReadonlySet<string> = new Set(
  "subarray slice map filter with toReversed toSorted sort reverse fill copyWithin".split(" "),
);

/** Methods that give numbers, whatever has them. */
export const numberMethods: ReadonlySet<string> = new Set("indexOf lastIndexOf findIndex findLastIndex".split(" "));

/** Namespaces whose own functions turn what they get into numbers or compare it, and give numbers or truth values. */
const numberNamespaces: Readonly<Record<string, ReadonlySet<string>>> = {
  Math: ownNames(Math),
  Number: ownNames(Number),
};

/** In the language nothing is enumerable but what somebody added. */
function ownNames(holder: object): ReadonlySet<string> {
  const added = new Set(Object.keys(holder));
  return new Set(Object.getOwnPropertyNames(holder).filter((name) => !added.has(name)));
}

/** Whether `holder.name` is such a function, or a number; what they inherit is not: `Math.constructor(array)` is the array. */
export function isOfNumbers(holder: string, name: string): boolean {
  return Object.hasOwn(numberNamespaces, holder) && numberNamespaces[holder]?.has(name) === true;
}

/** Functions of the language that do the same. */
export const numberFunctions: ReadonlySet<string> = new Set("Number Boolean BigInt isNaN isFinite parseInt parseFloat".split(" "));

/** Those that only read an array, whatever they give. */
export const readingFunctions: ReadonlySet<string> = new Set([...numberFunctions, "String"]);

/** Classes that copy what they are given. */
export const copyingClasses: ReadonlySet<string> = new Set([...typedArrays, "Set"]);

/** Whether `holder.name(…)` only reads its argument at `position`, if `holder` is what the language means by it. */
export function isReadingMember(holder: string, name: string, position: number): boolean {
  if (isOfNumbers(holder, name)) return true;
  if (position > 0) return false;
  if (holder === "Array") return name === "from" || name === "isArray";
  return typedArrays.has(holder) ? name === "from" : holder === "ArrayBuffer" && name === "isView";
}

/** Words that stand for no property of a typed array. */
export const harmlessNames: ReadonlySet<string> = new Set(["undefined", "NaN", "Infinity"]);
