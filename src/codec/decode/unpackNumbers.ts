/** Flat memory as a list of the kind in which engines keep numbers unboxed. Made by `push` it takes four times as long. */

export type Numbers = Int32Array | Float64Array;

const blockSize = 4096;
const zeros = grown([0]);
const halves = grown([0.5]);

function grown(block: readonly number[]): readonly number[] {
  return block.length < blockSize ? grown(block.concat(block)) : block;
}

/** Integers and doubles each have a loop of their own: one for both would make doubles of all. */
export function unpackNumbers(numbers: Numbers): number[] {
  const { length } = numbers;
  if (numbers instanceof Int32Array) {
    const list = sized(zeros, length);
    for (let index = 0; index < length; index += 1) list[index] = numbers[index] ?? 0;
    return list;
  }
  const list = sized(halves, length);
  for (let index = 0; index < length; index += 1) list[index] = numbers[index] ?? 0;
  return list;
}

/** A list without holes, to be overwritten. */
function sized(block: readonly number[], length: number): number[] {
  const parts: (readonly number[])[] = [];
  for (let left = length; left > 0; left -= blockSize) parts.push(left < blockSize ? block.slice(0, left) : block);
  return ([] as readonly number[]).concat(...parts);
}
