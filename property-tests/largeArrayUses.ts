/** Functions of one large array, as people write them. */

export type Use = (data: Float64Array) => unknown;

const mean: Use = (data) => {
  let sum = 0;
  for (let index = 0; index < data.length; index++) sum += data[index] ?? 0;
  return sum / data.length;
};
const zero = (data: Float64Array): void => void data.fill(0);
const first = (data: Float64Array): number | undefined => data[0];

/** Code that reads, some of which could be taken for writing. */
export const reading: Readonly<Record<string, Use>> = {
  mean,
  helper: (data) => mean(data),
  reduce: (data) => data.reduce((sum, x) => sum + x, 0),
  copyThenWrite: (data) => {
    const copy = data.slice();
    zero(copy);
    return [copy[3], data[3]];
  },
  mapped: (data) => data.map((x) => x * 2).at(-1),
  part: (data) => data.subarray(5, 50).reduce((sum, x) => sum + x, 0),
  spread: (data) => Math.max(...data.subarray(0, 100)),
  loop: (data) => {
    let product = 1;
    for (const x of data) product = (product * (x + 1)) % 10_007;
    return product;
  },
  nested: (data) => {
    const at = (index: number): number => data[index] ?? 0;
    return [at(1), at(2), at(data.length - 1)];
  },
  sorted: (data) => Float64Array.from(data).sort()[7],
  wholeValue: (data) => data,
  isOrdinary: (data) => [data.buffer instanceof ArrayBuffer, Object.prototype.toString.call(data.buffer)],
};

/** Code that writes, some of which could be taken for reading. */
export const writing: Readonly<Record<string, Use>> = {
  fill: (data) => data.fill(3)[9],
  element: (data) => (data[2] = -1),
  increment: (data) => {
    data[4] ??= 0;
    data[4]++;
    return data[4];
  },
  compound: (data) => {
    data[5] ??= 0;
    data[5] *= 2;
    return data[5];
  },
  destructured: (data) => {
    [data[0], data[1]] = [data[1] ?? 0, data[0] ?? 0];
    return [data[0], data[1]];
  },
  loopTarget: (data) => {
    for (data[6] of [10, 20]);
    return data[6];
  },
  helper: (data) => {
    zero(data);
    return data[7];
  },
  alias: (data) => {
    const other = data;
    other[8] = 80;
    return data[8];
  },
  inObject: (data) => {
    const box = { data };
    box.data[9] = 90;
    return data[9];
  },
  part: (data) => {
    data.subarray(10, 20).set([1, 2, 3]);
    return [...data.subarray(9, 14)];
  },
  buffer: (data) => {
    new Uint8Array(data.buffer)[7] = 1;
    return data[0];
  },
  view: (data) => {
    new DataView(data.buffer, data.byteOffset).setFloat64(8, 2.5);
    return data[1];
  },
  callback: (data) => {
    data.forEach((_, index, all) => (all[index] = index));
    return data[100];
  },
  namedMethod: (data) => {
    const name = ["f", "ill"].join("");
    (data as never as Record<string, (x: number) => unknown>)[name]?.(6);
    return data[11];
  },
  takenMethod: (data) => {
    const { reverse } = data;
    return first(Reflect.apply(reverse, data, []));
  },
  reflection: (data) => [Reflect.set(data, 12, 1.5), data[12]],
  assigned: (data) => Object.assign(data, { 13: 4 })[13],
  closure: (data) => {
    const put = (index: number, value: number): void => void (data[index] = value);
    put(14, 41);
    return data[14];
  },
  returned: (data) => {
    const same = (array: Float64Array): Float64Array => array;
    same(data)[15] = 51;
    return data[15];
  },
  moved: (data) => {
    const copy = structuredClone(data, { transfer: [data.buffer as ArrayBuffer] });
    return [copy[3], data.length];
  },
  // Made of text, since in a module `eval` could use everything around it.
  evaluated: new Function("data", "eval('data[16] = 61'); return data[16];") as Use,
  later: async (data) => {
    await Promise.resolve();
    data[17] = 71;
    return data[17];
  },
  generator: (data) => {
    const writes = function* (): Generator<number> {
      yield (data[18] = 81);
    };
    return [...writes(), data[18]];
  },
};
