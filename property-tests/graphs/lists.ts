/** Long lists of numbers and tables of rows, as they are and with everything that could take them for what they are not. */

/** Around the lengths at which other ways of encoding begin: 200 and 1000 numbers, 16 rows. */
const lengths = [3, 199, 200, 240, 1000, 1001, 1040] as const;

const numberAt: readonly ((index: number) => unknown)[] = [
  (index) => index - 100,
  (index) => index / 3,
  (index) => (index === 150 ? -0 : index),
  (index) => (index === 2 ? NaN : index),
  (index) => (index % 50 === 0 ? Infinity : -index),
  (index) => 2 ** 31 - 1 - index,
  (index) => index * 7,
  (index) => 2 ** 31 - 2 + index,
  (index) => -(2 ** 31) + 2 - index,
  (index) => (index % 90 === 89 ? String(index) : index),
  (index) => (index % 90 === 89 ? undefined : index),
  (index) => (index === 0 ? null : index * 1e300),
];

const spoilList: readonly ((list: unknown[], content: unknown) => void)[] = [
  () => undefined,
  () => undefined,
  () => undefined,
  (list) => Reflect.deleteProperty(list, list.length >> 1),
  (list) => Reflect.deleteProperty(list, list.length - 1),
  (list, content) => Object.assign(list, { label: content }),
  (list, content) => Object.defineProperty(list, Symbol.for("registered"), { value: content }),
  (list, content) => list.push(content),
  (list, content) => list.unshift(content),
  (list) => Object.freeze(list),
  (list) => Object.defineProperty(list, "length", { writable: false }),
  (list) => list.length <= 1000 && Object.defineProperty(list, 1, { writable: false }),
  (list) => Object.defineProperty(list, 2, { enumerable: false }),
  (list, content) => (list[list.length + 5] = content),
];

/** `number` says which; all are reached. */
export function fillNumbers(list: unknown[], number: number, contents: readonly unknown[]): void {
  const length = lengths[number % lengths.length] ?? 0;
  const at = numberAt[(number * 7) % numberAt.length] ?? String;
  for (let index = 0; index < length; index += 1) list.push(at(index));
  const spoil = spoilList[(number * 5 + contents.length) % spoilList.length];
  // Beyond 1000 elements attributes of single ones are not looked at.
  if (length <= 1000 || !/enumerable/.test(String(spoil))) spoil?.(list, contents[0]);
}

type Row = Record<PropertyKey, unknown>;

const spoilTable: readonly ((rows: Row[], table: unknown[], content: unknown) => void)[] = [
  () => undefined,
  () => undefined,
  () => undefined,
  (_, table) => Reflect.deleteProperty(table, 5),
  ([first], table) => table.push(first),
  ([, second], table) => (table[7] = second),
  (_, table, content) => (table[6] = content),
  (rows, table) => (table[3] = Object.assign(Object.create(null) as Row, rows[3])),
  ([, , third]) => third && Object.assign(third, { extra: 1 }),
  ([, , third]) => third && Object.assign(third, { [Symbol.for("registered")]: 1 }),
  ([, , third]) => third && Object.freeze(third),
  ([, , third]) => third && Object.defineProperty(third, "id", { writable: false }),
  ([, , third]) => third && Object.defineProperty(third, "id", { enumerable: false }),
  ([, , third]) => third && Object.defineProperty(third, "hidden", { value: 1 }),
  ([, , third]) => third && Reflect.deleteProperty(third, "id") && Object.assign(third, { id: 2 }),
  ([, , third]) => third && Reflect.deleteProperty(third, "id"),
  (_, table) => (table[4] = [1, 2]),
  (_, table) => (table[4] = null),
];

/** Rows that hold numbers, texts, each other, the table, further rows, and `contents`. */
export function fillTable(table: unknown[], keys: readonly PropertyKey[], number: number, contents: readonly unknown[]): void {
  const count = number % 5 === 0 ? 9 : 16 + (number % 7);
  const rows = Array.from({ length: count }, (_, index): Row => ({ id: index, share: index / 7 - 1, name: `${"\ud83d"}${index}` }));
  rows.forEach((row, index) => {
    if (number % 3 === 0) Object.assign(row, { next: rows[index + 1], table });
    if (number % 4 === 1) Object.assign(row, { point: { x: index, y: -0 }, flag: index % 2 === 0, none: undefined });
    // Some keys let no table be.
    keys.slice(0, number % 3).forEach((key, at) =>
      Object.defineProperty(row, key, {
        value: index % 5 === at ? contents[at] : index,
        writable: true,
        enumerable: true,
        configurable: true,
      }),
    );
  });
  table.push(...rows);
  spoilTable[(number * 11 + contents.length) % spoilTable.length]?.(rows, table, contents[0]);
}

/** Elements of other lists: rows of tables among them. */
export function fillSelection(selection: unknown[], contents: readonly unknown[]): void {
  for (const content of contents) selection.push(Array.isArray(content) ? (content as readonly unknown[]).at(-2) : content);
}
